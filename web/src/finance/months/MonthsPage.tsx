import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { ChartData } from '../../archetype/report/chart';
import { Report } from '../../archetype/report/Report';
import { ExecutionMonthsDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Table, type Column } from '../../sheet/Table';
import { useFinanceScope } from '../../shell/finance-scope';
import { officeZone } from '../../shell/office';
import { Code } from '../../value/Count';
import { officeDay, proseDate } from '../../value/dates';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { FinanceSections } from '../FinanceSections';
import { sumMoney } from '../sum';

const stages = ['released', 'committed', 'obligated', 'paid'] as const;

/** Execution by month: what was released, committed, verified and paid in each; every month opens its vouchers. */
export function MonthsPage() {
  const { t } = useTranslation();
  const { language, family, unit, change } = usePreferences();
  const { year, chapter } = useFinanceScope();
  const filter = useMemo(() => (chapter ? [{ segment: 'CHAPTER' as const, code: chapter }] : []), [chapter]);
  const [{ data, error }, ask] = useQuery({ query: ExecutionMonthsDocument, variables: { year, filter } });
  const report = data?.executionReport;
  const months = report?.months ?? [];
  const today = officeDay(new Date(), officeZone);
  const sentence = t('months.sentence', {
    whose: chapter ? t('months.ofChapter', { code: inFamily(chapter, family) }) : t('months.ofAll'),
    day: proseDate(today, language, family),
    unit: t(`months.in.${unit}`),
  });
  const chart: ChartData = {
    summary: t('months.summary', { n: inFamily(String(months.length), family) }),
    categories: months.map((month) => inFamily(String(month.month), family)),
    series: stages.map((stage) => ({ name: t(`months.${stage}`), values: months.map((month) => minorUnits(month[stage])) })),
    per: unit === 'thousand' ? 1_000_000n : 1000n,
    unit: t(`unit.${unit}`),
  };
  type Month = (typeof months)[number];
  const columns: Column<Month>[] = [
    { name: 'month', head: t('months.month'), width: '120px', cell: (month) => <Link to="/finance/vouchers" search={{ state: 'all', group: 'date' }}><Code of={month.month} /></Link> },
    ...stages.map((stage): Column<Month> => ({ name: stage, head: t(`months.${stage}`), amount: true, cell: (month) => <Money value={month[stage]} unit={unit} />, total: months.length > 0 && <Money value={sumMoney(months.map((month) => month[stage]))} unit={unit} /> })),
  ];
  const title = t('months.title');
  return (
    <Page title={title} crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="execution" to="/finance/execution">{t('execution.title')}</Link>, title]} sections={<FinanceSections />}>
      {error && <Unread kept={report !== undefined} again={() => ask({ requestPolicy: 'network-only' })} />}
      <Report
        name={title}
        sentence={sentence}
        controls={
          <div className="dw-toolbar">
            <Segmented className="dw-push" aria-label={t('unit.label')} value={unit} options={(['one', 'thousand'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))} onChange={(value) => change({ unit: value })} />
          </div>
        }
        table={report ? <Table caption={title} columns={columns} rows={[...months]} rowKey={(month) => String(month.month)} totalWord={t('months.total')} minimum="760px" /> : <RuledLines rows={12} />}
        {...(report ? { chart, upTo: report.upTo, position: report.position } : {})}
      />
    </Page>
  );
}
