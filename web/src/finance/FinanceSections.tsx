import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const sections = [
  { name: 'execution', to: '/finance/execution' },
  { name: 'vouchers', to: '/finance/vouchers' },
  { name: 'trialBalance', to: '/finance/trial-balance' },
] as const;

/** The sections of the module, as tabs under the title. */
export function FinanceSections() {
  const { t } = useTranslation();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className="dw-sections" aria-label={t('finance.sections')}>
      <ul>
        {sections.map((section) => (
          <li key={section.name}>
            <Link to={section.to} activeProps={{}} aria-current={path.startsWith(section.to) ? 'page' : undefined}>
              {t(`finance.${section.name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
