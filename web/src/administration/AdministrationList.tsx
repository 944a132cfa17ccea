import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { Cards } from '../archetype/worklist/Cards';
import type { WorkColumn } from '../archetype/worklist/columns';
import { Conditions, type Condition } from '../archetype/worklist/Conditions';
import { Worklist } from '../archetype/worklist/Worklist';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { usePages } from '../sheet/use-pages';
import { usePhone } from '../shell/phone';
import { AdministrationSections } from './Sections';
import { useAdministrationCrumbs } from './crumbs';

interface Props<Data, Variables extends AnyVariables, Row> {
  name: string;
  title: string;
  query: TypedDocumentNode<Data, Variables>;
  variables: Omit<Variables, 'first' | 'after'>;
  pick: (data: Data) => { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  columns: readonly WorkColumn<Row>[];
  rowKey: (row: Row) => string;
  card: (row: Row) => ReactNode;
  open?: (row: Row) => void;
  conditions?: readonly Condition[];
  /** What the list says when it has nothing, and whether conditions narrow it. */
  empty: string;
  narrowed?: boolean;
  acts?: ReactNode;
  beside?: ReactNode;
  notices?: ReactNode;
}

/** A list of administration: its conditions in the address and asked of the server, the worklist on a desk, cards on a phone. */
export function AdministrationList<Data, Variables extends AnyVariables, Row>({ name, title, query, variables, pick, columns, rowKey, card, open, conditions = [], empty, narrowed, acts, beside, notices }: Props<Data, Variables, Row>) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const { data, rows, more, fetching, stale, behind, error, again } = usePages(query, { ...variables, first: 100 } as never, pick);
  const change = (part: Record<string, string | undefined>) => void navigate({ to: '.', search: ((before: object) => ({ ...before, ...part })) as never });
  const groups = columns.filter((column) => column.group).map((column) => ({ value: column.name, label: column.head }));
  return (
    <Page fixed title={title} crumbs={useAdministrationCrumbs(undefined, title)} acts={acts} sections={<AdministrationSections />}>
      {notices}
      {error && <Unread kept={rows.length > 0} again={again} />}
      {behind && <Stale again={again} />}
      {beside}
      {conditions.length > 0 && (
        <Conditions
          key={search['find'] ?? ''}
          conditions={conditions}
          values={search}
          change={change}
          {...(phone || groups.length === 0 ? {} : { groups, group: search['group'], changeGroup: (group: string | undefined) => change({ group }) })}
          phone={phone}
          stated={false}
        />
      )}
      <section className={`${phone && rows.length > 0 ? '' : 'dw-sheet dw-ruled dw-fill'}${fetching || stale ? ' dw-reading' : ''}`} aria-label={title}>
        {rows.length === 0 && !data && !error && <RuledLines rows={12} />}
        {rows.length === 0 && data && !fetching && <Empty act={narrowed ? undefined : acts}>{narrowed ? t('administration.narrow') : empty}</Empty>}
        {rows.length > 0 && phone && <Cards caption={title} rows={rows} rowKey={rowKey} card={card} more={more} />}
        {rows.length > 0 && !phone && (
          <Worklist name={name} caption={title} columns={columns} rows={rows} rowKey={rowKey} more={more} order={search['sort']} group={search['group']} changeOrder={(sort) => change({ sort })} {...(open ? { open } : {})} />
        )}
      </section>
    </Page>
  );
}
