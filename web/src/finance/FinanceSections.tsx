import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The sections of the module, as tabs under the title; each holds the addresses that begin with one of its paths. */
const sections = [
  { name: 'preparation', to: '/finance/preparation', holds: ['/finance/preparation'] },
  { name: 'execution', to: '/finance/execution', holds: ['/finance/execution', '/finance/months'] },
  { name: 'commitments', to: '/finance/commitments', holds: ['/finance/commitments', '/finance/reservations'] },
  { name: 'claims', to: '/finance/claims', holds: ['/finance/claims'] },
  { name: 'vouchers', to: '/finance/vouchers', holds: ['/finance/vouchers'] },
  { name: 'bank', to: '/finance/batches', holds: ['/finance/batches', '/finance/statements', '/finance/accounts'] },
  { name: 'cash', to: '/finance/receipts', holds: ['/finance/receipts', '/finance/advances', '/finance/trusts'] },
  { name: 'virements', to: '/finance/virements', holds: ['/finance/virements', '/finance/orders'] },
  { name: 'payees', to: '/finance/payees', holds: ['/finance/payees'] },
  { name: 'books', to: '/finance/trial-balance', holds: ['/finance/trial-balance', '/finance/ledger', '/finance/journals', '/finance/closing', '/finance/year-end'] },
] as const;

export function FinanceSections() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="dw-sections" aria-label={t('finance.sections')}>
      <ul>
        {sections.map((section) => (
          <li key={section.name}>
            <Link to={section.to} activeProps={{}} aria-current={section.holds.some((held) => path.startsWith(held)) ? 'page' : undefined}>
              {t(`finance.${section.name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
