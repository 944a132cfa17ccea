import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { ArrowLeftRight, ChartColumn, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SegmentFilter, SegmentName } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { ExportMenu } from '../../jobs/ExportMenu';
import { Page } from '../../sheet/Page';
import { useFinanceScope } from '../../shell/finance-scope';
import { useAsOf } from '../../shell/as-of/as-of';
import { usePhone } from '../../shell/phone';
import { inFamily } from '../../value/digits';
import { Fresh } from '../../value/Position';
import { FinanceSections } from '../FinanceSections';
import { ExecutionCards } from './ExecutionCards';
import { ExecutionTable } from './ExecutionTable';
import { groupBy, type Level } from './levels';
import { Ribbon } from './Ribbon';
import { conditions, groupings, lowShare, usualKey, type ExecutionSearch } from './search';
import { Toolbar } from './Toolbar';
import { useRows } from './use-rows';
import './execution.css';

/** Budget execution (تنفيذ الموازنة): where the money stands, and what holds it. */
export function ExecutionPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { years, may } = useSession();
  const phone = usePhone();
  const scope = useFinanceScope();
  const search: ExecutionSearch = useSearch({ from: '/finance/execution' });
  const navigate = useNavigate({ from: '/finance/execution' });
  const goTo = useNavigate();

  const chosenKey = years.find((year) => year.year === scope.year)?.budgetKey ?? [];
  const key: readonly SegmentName[] = chosenKey.length > 0 ? chosenKey : usualKey;
  const inKey = <Segment extends SegmentName>(segments: readonly Segment[]) => segments.filter((segment) => key.includes(segment));
  const chosen = conditions.flatMap((segment): SegmentFilter[] => (search[segment] ? [{ segment, code: search[segment] }] : []));
  const filter: SegmentFilter[] = [...(scope.chapter ? [{ segment: 'CHAPTER' as const, code: scope.chapter }] : []), ...chosen];
  const level: Level = { year: scope.year, by: search.low && phone ? 'ITEM' : (search.by ?? inKey(groupings)[0]), filter, belowPercent: search.low ? lowShare : undefined };
  const time = useAsOf();
  const [{ data, fetching, error, stale }, again] = useRows(level, null);
  const report = data?.executionReport;
  const view = JSON.stringify([level, time.at]);
  const saved = { year: level.year, groupBy: groupBy(level), filter: level.filter, belowPercent: level.belowPercent ?? null, at: time.at };

  const change = (part: Partial<Record<keyof ExecutionSearch, string | undefined>>) => void navigate({ search: (before) => ({ ...before, ...part }) as ExecutionSearch });
  const dropped = Object.fromEntries(conditions.map((segment) => [segment, undefined])) as ExecutionSearch;
  const chapterWords = scope.chapter && `${t('segment.CHAPTER')} ${inFamily(scope.chapter, family)}`;
  const title = scope.chapter ? t('execution.chapterTitle', { code: inFamily(scope.chapter, family) }) : t('execution.title');

  return (
    <Page
      fixed
      title={title}
      crumbs={[
        <Link key="module" to="/finance">{t('module.finance')}</Link>,
        t('execution.title'),
        ...(chapterWords ? [chapterWords] : []),
      ]}
      beside={report && <Fresh upTo={report.upTo} />}
      asOf
      tools={<ExportMenu sheet="finance.execution" variables={saved} />}
      acts={!phone && (
        <>
          <Button type="text" icon={<ChartColumn className="dw-icon-small" aria-hidden="true" />} onClick={() => void goTo({ to: '/finance/months' })}>{t('months.title')}</Button>
          {may('finance.virement.propose') && <Button icon={<ArrowLeftRight className="dw-icon-small" aria-hidden="true" />} onClick={() => void goTo({ to: '/finance/virements/new' })}>{t('virements.new')}</Button>}
          {may('finance.reservation.record') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void goTo({ to: '/finance/reservations/new' })}>{t('reservations.new')}</Button>}
        </>
      )}
      sections={<FinanceSections />}
    >
      {error && <Unread kept={report !== undefined} again={() => again({ requestPolicy: 'network-only' })} />}
      {report && report.lines > 0 && <Ribbon total={report.total} elapsed={report.elapsed} phone={phone} />}
      <Toolbar search={search} groupings={inKey(groupings)} conditions={inKey(conditions)} change={change} phone={phone} />
      {phone && report && report.lines > 0 ? (
        <ExecutionCards key={view} level={level} elapsed={report.elapsed} />
      ) : (
        <section className={`dw-sheet dw-fill${fetching || stale ? ' dw-reading' : ''}`} aria-label={title}>
          {!report && !error && <RuledLines rows={12} />}
          {report && report.lines > 0 && <ExecutionTable key={view} report={report} level={level} chapter={scope.chapter} />}
          {report && report.lines === 0 && search.low && <Empty act={<Button onClick={() => change({ low: undefined })}>{t('execution.dropConditions')}</Button>}>{t('execution.emptyLow')}</Empty>}
          {report && report.lines === 0 && !search.low && chosen.length === 0 && <Empty>{t('execution.empty', { year: inFamily(String(scope.year), family) })}</Empty>}
          {report && report.lines === 0 && !search.low && chosen.length > 0 && (
            <Empty act={<Button onClick={() => change(dropped)}>{t('execution.dropConditions')}</Button>}>
              {t('execution.emptyFiltered', { condition: t(`segment.${chosen[0]!.segment}`) })}
            </Empty>
          )}
        </section>
      )}
    </Page>
  );
}
