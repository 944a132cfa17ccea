import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { TreasuryAccountsDocument } from '../../generated/graph';
import { isBehind } from '../../session/client';
import { Empty, RuledLines, Stale, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { Iban } from '../../value/Iban';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';

/** The government's own bank accounts (حسابات الخزينة): what the bank says each holds, what the book says, and the difference. */
export function AccountsPage() {
  const { t } = useTranslation();
  const [{ data, error, extensions }, ask] = useQuery({ query: TreasuryAccountsDocument, variables: { first: 100 } });
  const again = () => ask({ requestPolicy: 'network-only' });
  const accounts = data?.treasuryAccounts.nodes ?? [];
  const title = t('finance.accounts');
  return (
    <Page title={title} crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]} sections={<FinanceSections />}>
      {error && <Unread kept={accounts.length > 0} again={again} />}
      {isBehind(extensions) && <Stale again={again} />}
      <div className="dw-toolbar"><Kinds section="bank" here="accounts" /></div>
      <section className="dw-sheet dw-ruled" aria-label={title}>
        {!data && !error && <RuledLines />}
        {data && accounts.length === 0 && <Empty>{t('accounts.none')}</Empty>}
        {accounts.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={title}>
            <table className="dw-table">
              <caption className="dw-hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('accounts.account')}</th>
                  <th scope="col">{t('trial.account')}</th>
                  <th scope="col">{t('accounts.bankDay')}</th>
                  <th scope="col" className="dw-amount">{t('accounts.bank')}</th>
                  <th scope="col" className="dw-amount">{t('accounts.book')}</th>
                  <th scope="col" className="dw-amount">{t('accounts.difference')}</th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((account) => (
                  <tr key={account.id}>
                    <th scope="row"><BiText text={account.name} /><br /><small className="dw-quiet"><Iban of={account.iban} /></small></th>
                    <td><Link to="/finance/ledger/$account" params={{ account: account.item }}><Code of={account.item} /></Link></td>
                    <td><DateText day={account.bankDay} /></td>
                    <td className="dw-amount"><Money value={account.bankBalance} /></td>
                    <td className="dw-amount"><Money value={account.bookBalance} /></td>
                    <td className="dw-amount"><Money value={account.difference} tone={minorUnits(account.difference) === 0n ? 'available' : 'low'} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </Page>
  );
}
