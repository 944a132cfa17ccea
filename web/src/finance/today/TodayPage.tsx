import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Dashboard, type Fact } from '../../archetype/dashboard/Dashboard';
import { ExecutionDocument, InvoicesDocument, ReservationsDocument, VouchersDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { useFinanceScope } from '../../shell/finance-scope';
import { officeZone } from '../../shell/office';
import { officeDay } from '../../value/dates';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Fresh } from '../../value/Position';
import { percentText } from '../../value/Percent';
import { executedOf } from '../execution/stages';
import { FinanceSections } from '../FinanceSections';
import { sumMoney } from '../sum';
import { ownStage } from '../vouchers/acts';
import { lowShare } from '../execution/search';

const page = 200;
const days = 86_400_000;

/** The home of finance: what must be done, what is wrong, how far the year has come. */
export function TodayPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const { year, chapter } = useFinanceScope();
  const filter = useMemo(() => (chapter ? [{ segment: 'CHAPTER' as const, code: chapter }] : []), [chapter]);
  const stage = ownStage(may) ?? 'audit';
  const [execution, ask] = useQuery({ query: ExecutionDocument, variables: { year, groupBy: ['CHAPTER'], filter, first: 1 } });
  const [scarce] = useQuery({ query: ExecutionDocument, variables: { year, groupBy: ['CHAPTER'], filter, belowPercent: lowShare, first: 1 } });
  const [own] = useQuery({ query: VouchersDocument, variables: { year, state: stage, first: page } });
  const [returned] = useQuery({ query: VouchersDocument, variables: { year, state: 'returned', first: page } });
  const [claims] = useQuery({ query: InvoicesDocument, variables: { year, state: 'registered', first: page } });
  const [held] = useQuery({ query: ReservationsDocument, variables: { year, state: 'held', first: page } });
  const report = execution.data?.executionReport;
  const title = t('today.title');

  const today = officeDay(new Date(), officeZone);
  const soon = officeDay(new Date(Date.now() + 30 * days), officeZone);
  const n = (list: { nodes: readonly unknown[]; pageInfo: { hasNextPage: boolean } } | undefined) => ({ count: list?.nodes.length ?? 0, n: inFamily(String(list?.nodes.length ?? 0), family) + (list?.pageInfo.hasNextPage ? '+' : '') });
  const some = (count: number) => ({ count, n: inFamily(String(count), family) });
  const facts: Fact[] = [];
  if (report && report.lines > 0) {
    const executed = executedOf(report.total);
    facts.push({
      name: 'available',
      state: 'calm',
      figure: <Money value={report.total.availableNow} tone="available" />,
      sentence: t('today.available'),
      trend: t('today.executed', { share: executed === undefined ? '—' : percentText(executed, family), elapsed: percentText(BigInt(report.elapsed.replace('.', '')), family) }),
      open: (inside) => <Link to="/finance/execution">{inside}</Link>,
    });
  }
  if (scarce.data) {
    const gone = scarce.data.executionReport.lines;
    facts.push({ name: 'low', state: gone > 0 ? 'wrong' : 'calm', figure: some(gone).n, sentence: t('today.low', some(gone)), open: (inside) => <Link to="/finance/execution" search={{ low: '1' }}>{inside}</Link> });
  }
  if (own.data) {
    const waits = n(own.data.vouchers);
    facts.push({ name: 'own', state: waits.count > 0 ? 'waits' : 'calm', figure: waits.n, sentence: t(`today.stage.${stage}`, waits), trend: waits.count > 0 && <Money value={sumMoney(own.data.vouchers.nodes.map((row) => row.net))} withCurrency />, open: (inside) => <Link to="/finance/vouchers" search={{ state: stage }}>{inside}</Link> });
  }
  if (claims.data) {
    const late = claims.data.invoices.nodes.filter((claim) => claim.dueOn !== null && claim.dueOn < today).length;
    const waits = n(claims.data.invoices);
    facts.push({ name: 'claims', state: late > 0 ? 'wrong' : waits.count > 0 ? 'waits' : 'calm', figure: waits.n, sentence: t('today.claims', waits), trend: late > 0 ? t('today.late', some(late)) : undefined, open: (inside) => <Link to="/finance/claims" search={{ state: 'registered' }}>{inside}</Link> });
  }
  if (returned.data && stage !== 'returned') {
    const back = n(returned.data.vouchers);
    facts.push({ name: 'returned', state: back.count > 0 ? 'waits' : 'calm', figure: back.n, sentence: t('today.returned', back), open: (inside) => <Link to="/finance/vouchers" search={{ state: 'returned' }}>{inside}</Link> });
  }
  if (held.data) {
    const ending = held.data.reservations.nodes.filter((row) => row.expires !== null && row.expires <= soon);
    facts.push({ name: 'ending', state: ending.length > 0 ? 'waits' : 'calm', figure: some(ending.length).n, sentence: t('today.ending', some(ending.length)), trend: ending.length > 0 && <Money value={sumMoney(ending.map((row) => row.total))} withCurrency />, open: (inside) => <Link to="/finance/reservations" search={{ state: 'held', sort: 'expires' }}>{inside}</Link> });
  }
  return (
    <Page title={title} crumbs={[t('module.finance')]} beside={report && <Fresh upTo={report.upTo} />} sections={<FinanceSections />}>
      {execution.error && <Unread kept={report !== undefined} again={() => ask({ requestPolicy: 'network-only' })} />}
      {facts.length === 0 ? <section className="dw-sheet dw-ruled"><RuledLines rows={6} /></section> : <Dashboard facts={facts} />}
    </Page>
  );
}
