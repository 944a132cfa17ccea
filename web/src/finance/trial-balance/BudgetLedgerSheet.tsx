import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BudgetLedgerDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useAsOf } from '../../shell/as-of/as-of';
import { Table } from '../../sheet/Table';
import { BiText } from '../../value/BiText';
import { Money } from '../../value/Money';
import { Balance } from './Balance';

/** The budget ledger's own balance: the memorandum accounts of all lines, whose sum is always zero. */
export function BudgetLedgerSheet({ year }: { year: number }) {
  const { t } = useTranslation();
  const { unit } = usePreferences();
  const { at } = useAsOf();
  const [{ data }] = useQuery({ query: BudgetLedgerDocument, variables: { year, at } });
  const ledger = data?.budgetLedger;
  if (!ledger) return null;
  return (
    <section className="dw-memo" aria-labelledby="budget-ledger">
      <h2 id="budget-ledger">{t('trial.memo')}</h2>
      <div className="dw-sheet">
        <Table
          caption={t('trial.memoCaption')}
          columns={[
            { name: 'account', head: t('trial.account'), cell: (account) => <BiText text={account.name} /> },
            { name: 'balance', head: t('trial.balance'), amount: true, width: '190px', cell: (account) => <Balance value={account.balance} />, total: <Money value={ledger.net} unit={unit} /> },
          ]}
          rows={ledger.accounts}
          rowKey={(account) => account.account}
          totalWord={t('trial.memoNet')}
        />
      </div>
    </section>
  );
}
