import { Segmented } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const pairs = {
  commitments: [{ name: 'commitments', to: '/finance/commitments' }, { name: 'reservations', to: '/finance/reservations' }],
  bank: [{ name: 'batches', to: '/finance/batches' }, { name: 'statements', to: '/finance/statements' }, { name: 'accounts', to: '/finance/accounts' }],
  cash: [{ name: 'receipts', to: '/finance/receipts' }, { name: 'advances', to: '/finance/advances' }, { name: 'trusts', to: '/finance/trusts' }],
  virements: [{ name: 'virements', to: '/finance/virements' }, { name: 'orders', to: '/finance/orders' }],
  books: [{ name: 'trialBalance', to: '/finance/trial-balance' }, { name: 'journals', to: '/finance/journals' }, { name: 'closing', to: '/finance/closing' }, { name: 'yearEnd', to: '/finance/year-end' }],
} as const;

/** The two or three lists of one section, side by side. */
export function Kinds({ section, here }: { section: keyof typeof pairs; here: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const kinds = pairs[section];
  return (
    <Segmented
      aria-label={t('finance.kinds')}
      value={here}
      options={kinds.map((kind) => ({ value: kind.name as string, label: t(`finance.${kind.name}`) }))}
      onChange={(name) => void navigate({ to: kinds.find((kind) => kind.name === name)!.to })}
    />
  );
}
