import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ChartData } from '../../archetype/report/chart';
import { Report } from '../../archetype/report/Report';
import { TrialBalanceDocument, type TrialBalanceQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Table, type Column } from '../../sheet/Table';
import { Tag } from '../../sheet/Tag';
import { useAsOf } from '../../shell/as-of/as-of';
import { ExportMenu } from '../../jobs/ExportMenu';
import { usePages } from '../../sheet/use-pages';
import { useFinanceScope } from '../../shell/finance-scope';
import { BiText, inLanguage } from '../../value/BiText';
import { Code } from '../../value/Count';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';
import { useSegmentValues } from '../use-segment-values';
import { Balance } from './Balance';
import { BudgetLedgerSheet } from './BudgetLedgerSheet';
import type { TrialBalanceSearch } from './search';

type Answer = TrialBalanceQuery['trialBalance'];
type Row = Answer['rows']['nodes'][number];

/** Trial balance (ميزان المراجعة): every account of the financial ledger, debit beside credit. */
export function TrialBalancePage() {
  const { t } = useTranslation();
  const { family, unit } = usePreferences();
  const { year } = useFinanceScope();
  const search: TrialBalanceSearch = useSearch({ from: '/finance/trial-balance' });
  const { at } = useAsOf();
  const variables = { year, at, fromMonth: search.from ?? 1, toMonth: search.to ?? 13, fund: search.fund ?? null, first: 200 };
  const { data, rows, more, fetching, stale, error, again } = usePages(TrialBalanceDocument, variables, (answer) => answer.trialBalance.rows, at ? [] : ['finance_ledger']);
  const balance = data?.trialBalance;
  const caption = t('trial.caption', { year: inFamily(String(year), family) });

  const month = (number: number) => inFamily(String(number), family);
  const sentence = t('trial.sentence', { from: month(search.from ?? 1), to: month(search.to ?? 13), year: inFamily(String(year), family), unit: t(`months.in.${unit}`) });
  const chart: ChartData = {
    summary: t('trial.summary', { n: inFamily(String(rows.length), family) }),
    categories: rows.map((row) => inFamily(row.account.code, family)),
    series: [
      { name: t('trial.debit'), values: rows.map((row) => minorUnits(row.debit)) },
      { name: t('trial.credit'), values: rows.map((row) => minorUnits(row.credit)) },
    ],
    per: unit === 'thousand' ? 1_000_000n : 1000n,
    unit: t(`unit.${unit}`),
  };

  return (
    <Page
      title={t('trial.title')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, t('trial.title')]}
      beside={balance && <Tag ink={balance.balanced ? 'zinjar' : 'zunjufr'}>{t(balance.balanced ? 'trial.balanced' : 'trial.unbalanced')}</Tag>}
      asOf
      tools={<ExportMenu sheet="finance.trial_balance" variables={{ year, fromMonth: variables.fromMonth, toMonth: variables.toMonth, fund: variables.fund, at }} />}
      sections={<FinanceSections />}
    >
      {error && <Unread kept={rows.length > 0} again={again} />}
      <div className="dw-toolbar"><Kinds section="books" here="trialBalance" /></div>
      <Report
        name={caption}
        sentence={sentence}
        controls={<Controls search={search} />}
        {...(rows.length > 0 ? { chart } : {})}
        {...(balance ? { position: balance.position } : {})}
        table={
          <div className={fetching || stale ? 'dw-reading' : undefined}>
            {!balance && rows.length === 0 && !error && <RuledLines rows={12} />}
            {balance && rows.length === 0 && <Empty>{t('trial.empty', { year: inFamily(String(year), family) })}</Empty>}
            {rows.length > 0 && <Rows rows={rows} balance={balance} caption={caption} more={more} />}
          </div>
        }
      />
      <BudgetLedgerSheet year={year} />
    </Page>
  );
}

function Rows({ rows, balance, caption, more }: { rows: Row[]; balance: Answer | undefined; caption: string; more: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { unit } = usePreferences();
  const columns: Column<Row>[] = [
    {
      name: 'account',
      head: t('trial.account'),
      cell: (row) => (
        <Link to="/finance/ledger/$account" params={{ account: row.account.code }} search={{ fund: row.fund.code }}>
          <span className="dw-account"><Code of={row.account.code} /> <BiText text={row.account.name} /></span>
        </Link>
      ),
    },
    { name: 'fund', head: t('trial.fund'), cell: (row) => <span className="dw-account"><Code of={row.fund.code} /> <BiText text={row.fund.name} /></span> },
    { name: 'opening', head: t('trial.opening'), amount: true, width: '170px', cell: (row) => <Balance value={row.opening} /> },
    { name: 'debit', head: t('trial.debit'), amount: true, width: '150px', cell: (row) => <Money value={row.debit} unit={unit} />, total: <Money value={balance?.debit ?? null} unit={unit} /> },
    { name: 'credit', head: t('trial.credit'), amount: true, width: '150px', cell: (row) => <Money value={row.credit} unit={unit} />, total: <Money value={balance?.credit ?? null} unit={unit} /> },
    { name: 'closing', head: t('trial.closing'), amount: true, width: '170px', cell: (row) => <Balance value={row.closing} strong /> },
  ];
  return <Table caption={caption} columns={columns} rows={rows} rowKey={(row) => row.id} totalWord={t('trial.total')} more={more} minimum="960px" />;
}

function Controls({ search }: { search: TrialBalanceSearch }) {
  const { t } = useTranslation();
  const { language, family, unit, change } = usePreferences();
  const navigate = useNavigate({ from: '/finance/trial-balance' });
  const funds = useSegmentValues('FUND');
  const set = (part: { from?: number; to?: number; fund?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...part }) as TrialBalanceSearch });
  const months = Array.from({ length: 13 }, (_, index) => ({
    value: index + 1,
    label: inFamily(String(index + 1), family) + (index === 12 ? ` (${t('trial.adjustment')})` : ''),
  }));
  return (
    <div className="dw-toolbar">
      <Select aria-label={t('trial.from')} prefix={t('trial.from')} popupMatchSelectWidth={false} value={search.from ?? 1} options={months} onChange={(from) => set({ from })} />
      <Select aria-label={t('trial.to')} prefix={t('trial.to')} popupMatchSelectWidth={false} value={search.to ?? 13} options={months} onChange={(to) => set({ to })} />
      <Select
        aria-label={t('trial.fund')}
        prefix={t('segment.filter', { segment: t('trial.fund') })}
        popupMatchSelectWidth={false}
        value={search.fund ?? ''}
        options={[{ value: '', label: t('segment.all') }, ...funds.map((fund) => ({ value: fund.code, label: `${inFamily(fund.code, family)} ${inLanguage(fund.name, language)}` }))]}
        onChange={(fund) => set({ fund: fund || undefined })}
      />
      <Segmented
        className="dw-push"
        aria-label={t('unit.label')}
        value={unit}
        options={(['one', 'thousand'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
        onChange={(value) => change({ unit: value })}
      />
    </div>
  );
}
