import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RegisterBook, type BookColumn } from '../../archetype/register/RegisterBook';
import { Conditions } from '../../archetype/worklist/Conditions';
import { Cards } from '../../archetype/worklist/Cards';
import { JournalsDocument, type JournalHeadFragment } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Stale, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Tag } from '../../sheet/Tag';
import { usePages } from '../../sheet/use-pages';
import { useFinanceScope } from '../../shell/finance-scope';
import { usePhone } from '../../shell/phone';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';
import type { ListSearch } from '../list-search';
import { useSealed } from './use-sealed';

/** The register of entries (سجل القيود): one number after the other, a reversal as a note in the margin, sealed day by day. */
export function JournalsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const phone = usePhone();
  const navigate = useNavigate();
  const { year } = useFinanceScope();
  const search: ListSearch = useSearch({ from: '/finance/journals' });
  const state = search.state ?? 'posted';
  const draft = state === 'draft' || state === 'submitted' || state === 'returned';
  const { data, rows, more, fetching, stale, behind, error, again } = usePages(JournalsDocument, { year: draft ? null : year, state: state === 'all' ? null : state, first: 100 }, (answer) => answer.journals);
  const sealed = useSealed();
  const sealOf = (day: string) => (sealed && rows.filter((row) => row.date === day).every((row) => row.position !== '' && sealed.covers(row.position)) ? { hash: sealed.hash } : undefined);

  const columns: BookColumn<JournalHeadFragment>[] = [
    { name: 'number', head: t('list.number'), width: '150px', cell: (row) => <Link to="/finance/journals/$id" params={{ id: row.id }}>{row.number ? <Ref number={row.number} /> : t('list.unnumbered')}</Link> },
    { name: 'date', head: t('list.date'), width: '120px', cell: (row) => <DateText day={row.date} /> },
    { name: 'narration', head: t('ledger.narration'), cell: (row) => <Words of={row.narration} /> },
    { name: 'source', head: t('journals.source'), width: '150px', cell: (row) => t(`journals.sources.${row.source}`, { defaultValue: row.source }) },
    { name: 'total', head: t('journals.total'), width: '150px', amount: true, cell: (row) => <Money value={row.total} strong /> },
  ];
  const note = (row: JournalHeadFragment) => (
    <>
      {row.reverses && <Link to="/finance/journals/$id" params={{ id: row.reverses }}>{t('journals.reverses')}</Link>}
      {row.mirror && <Link className="dw-low" to="/finance/journals/$id" params={{ id: row.mirror }}>{t('journals.mirrored')}</Link>}
      {!row.mirror && row.stateCode !== 'posted' && <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>}
    </>
  );
  const title = t('finance.journals');
  return (
    <Page
      fixed
      title={title}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]}
      acts={may('finance.journal.draft') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/journals/new' })}>{t('journals.new')}</Button>}
      sections={<FinanceSections />}
    >
      {error && <Unread kept={rows.length > 0} again={again} />}
      {behind && <Stale again={again} />}
      <div className="dw-toolbar"><Kinds section="books" here="journals" /></div>
      <Conditions
        conditions={[{ name: 'state', label: t('list.state'), always: true, options: ['all', 'posted', 'draft', 'submitted', 'returned', 'reversed'].map((value) => ({ value, label: t(`states.${value}`) })) }]}
        values={{ state }}
        change={(part) => void navigate({ to: '.', search: (before: ListSearch) => ({ ...before, ...part }) as never })}
        phone={phone}
      />
      <section className={`${phone && rows.length > 0 ? '' : 'dw-sheet dw-ruled dw-fill'}${fetching || stale ? ' dw-reading' : ''}`} aria-label={title}>
        {rows.length === 0 && !data && !error && <RuledLines rows={12} />}
        {rows.length === 0 && data && !fetching && <Empty>{t('list.empty.journals')}</Empty>}
        {rows.length > 0 && !phone && (
          <RegisterBook caption={title} columns={columns} entries={rows} entryKey={(row) => row.id} dayOf={(row) => row.date ?? ''} serial={(row) => serialOf(row.number)} note={note} seal={sealOf} more={more} />
        )}
        {rows.length > 0 && phone && (
          <Cards
            caption={title}
            rows={rows}
            rowKey={(row) => row.id}
            more={more}
            card={(row) => (
              <Link to="/finance/journals/$id" params={{ id: row.id }}>
                <span className="dw-card-top">{row.number ? <Ref number={row.number} /> : t('list.unnumbered')} <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
                <b><Words of={row.narration} /></b>
                <dl>
                  <div><dt>{t('journals.total')}</dt><dd><Money value={row.total} strong /></dd></div>
                  <div><dt>{t('list.date')}</dt><dd><DateText day={row.date} /></dd></div>
                </dl>
              </Link>
            )}
          />
        )}
      </section>
    </Page>
  );
}

/** The place of an entry in its year's series: 00041/2026 is the forty-first. */
function serialOf(number: string): number | undefined {
  const match = /^(\d+)\//.exec(number);
  return match ? Number(match[1]) : undefined;
}
