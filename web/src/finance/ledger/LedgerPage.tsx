import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LedgerDocument, type LedgerQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Table, type Column } from '../../sheet/Table';
import { useAsOf } from '../../shell/as-of/as-of';
import { ExportMenu } from '../../jobs/ExportMenu';
import { usePages } from '../../sheet/use-pages';
import { useFinanceScope } from '../../shell/finance-scope';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { Balance } from '../trial-balance/Balance';
import { FinanceSections } from '../FinanceSections';

type Line = LedgerQuery['ledger']['nodes'][number];

/** The ledger of one account (دفتر الأستاذ): its movements in posting order, with the balance after each. */
export function LedgerPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { account } = useParams({ from: '/finance/ledger/$account' });
  const { fund } = useSearch({ from: '/finance/ledger/$account' });
  const { year } = useFinanceScope();
  const { at } = useAsOf();
  const { rows, more, fetching, stale, error, again, data } = usePages(
    LedgerDocument,
    { account, year, fund: fund ?? null, at, first: 100 },
    (answer) => answer.ledger,
    at ? [] : ['finance_ledger'],
  );
  const shown = inFamily(account, family);
  const columns: Column<Line>[] = [
    { name: 'date', head: t('ledger.date'), width: '110px', cell: (line) => <DateText day={line.date} /> },
    { name: 'journal', head: t('ledger.journal'), width: '130px', cell: (line) => <Ref number={line.number} copies /> },
    { name: 'narration', head: t('ledger.narration'), cell: (line) => <Words of={line.narration} /> },
    { name: 'combination', head: t('ledger.combination'), cell: (line) => <Code of={line.combination} /> },
    { name: 'debit', head: t('trial.debit'), amount: true, width: '150px', cell: (line) => <Money value={line.debit} /> },
    { name: 'credit', head: t('trial.credit'), amount: true, width: '150px', cell: (line) => <Money value={line.credit} /> },
    { name: 'balance', head: t('ledger.balance'), amount: true, width: '180px', cell: (line) => <Balance value={line.balance} strong /> },
  ];
  return (
    <Page
      fixed
      title={t('ledger.title', { account: shown })}
      crumbs={[
        <Link key="module" to="/finance">{t('module.finance')}</Link>,
        <Link key="trial" to="/finance/trial-balance">{t('trial.title')}</Link>,
        t('ledger.title', { account: shown }),
      ]}
      asOf
      tools={<ExportMenu sheet="finance.ledger" variables={{ account, year, fund: fund ?? null, at }} />}
      sections={<FinanceSections />}
    >
      {error && <Unread kept={rows.length > 0} again={again} />}
      <p className="dw-stated">{t('unit.statedOne')}</p>
      <section className={`dw-sheet dw-ruled dw-fill${fetching || stale ? ' dw-reading' : ''}`} aria-label={t('ledger.caption', { account: shown })}>
        {rows.length === 0 && !data && !error && <RuledLines rows={12} />}
        {rows.length === 0 && data && <Empty>{t('ledger.empty')}</Empty>}
        {rows.length > 0 && <Table caption={t('ledger.caption', { account: shown })} columns={columns} rows={rows} rowKey={(line) => line.id} more={more} minimum="1000px" />}
      </section>
    </Page>
  );
}
