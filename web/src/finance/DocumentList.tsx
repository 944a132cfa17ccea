import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnyVariables, TypedDocumentNode } from 'urql';
import { Cards } from '../archetype/worklist/Cards';
import type { WorkColumn } from '../archetype/worklist/columns';
import { Conditions, type Condition } from '../archetype/worklist/Conditions';
import type { BulkAct } from '../archetype/worklist/SelectionBar';
import { Worklist } from '../archetype/worklist/Worklist';
import { ExportMenu } from '../jobs/ExportMenu';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { usePages } from '../sheet/use-pages';
import { useFinanceScope } from '../shell/finance-scope';
import { usePhone } from '../shell/phone';
import { FinanceSections } from './FinanceSections';
import type { ListSearch } from './list-search';
import { matches } from './matches';
import { usePayeeChoices } from './payees/use-payees';

interface Listed {
  id: string;
}

interface Props<Data, Variables extends AnyVariables, Row extends Listed> {
  /** Also the word of the list: finance.NAME. */
  name: 'reservations' | 'commitments' | 'claims' | 'vouchers' | 'batches' | 'statements' | 'advances' | 'trusts' | 'virements' | 'orders' | 'journals' | 'payees';
  query: TypedDocumentNode<Data, Variables>;
  pick: (data: Data) => { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
  columns: readonly WorkColumn<Row>[];
  card: (row: Row) => ReactNode;
  open: (row: Row) => void;
  peek?: (row: Row) => ReactNode;
  /** The texts a row is found by. */
  texts: (row: Row) => readonly (string | null | undefined)[];
  states?: readonly string[];
  /** The state first shown; `all` shows every one. */
  usual?: string;
  byPayee?: boolean;
  /** Lists without a year, such as payees. */
  everyYear?: boolean;
  bulk?: readonly BulkAct<Row>[];
  sum?: (rows: readonly Row[]) => ReactNode;
  acts?: ReactNode;
  kinds?: ReactNode;
  /** Not among the lists that are saved as files. */
  unsaved?: boolean;
}

/** A list of documents: conditions in the address, the worklist on a desk, cards on a phone. */
export function DocumentList<Data, Variables extends AnyVariables, Row extends Listed>({ name, query, pick, columns, card, open, peek, texts, states, usual = 'all', byPayee, everyYear, bulk, sum, acts, kinds, unsaved }: Props<Data, Variables, Row>) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [asking, setAsking] = useState(false);
  const { year } = useFinanceScope();
  const search = useSearch({ strict: false }) as ListSearch;
  const navigate = useNavigate();
  const state = search.state ?? usual;
  const variables = { ...(everyYear ? {} : { year }), ...(states ? { state: state === 'all' ? null : state } : {}), ...(byPayee ? { payee: search.payee ?? null } : {}), first: 200 };
  const { first: _, ...asked } = variables;
  const { data, rows: read, more, fetching, stale, behind, error, again } = usePages(query, variables as never, pick, viewsOf(name));
  const rows = useMemo(() => (search.find ? read.filter((row) => matches(search.find!, texts(row))) : read), [read, search.find, texts]);
  const payees = usePayeeChoices(byPayee === true);

  const change = (part: Record<string, string | undefined>) => void navigate({ to: '.', search: (before: ListSearch) => ({ ...before, ...part }) as never });
  const conditions: Condition[] = [
    ...(states ? [{ name: 'state', label: t('list.state'), always: true, options: ['all', ...states].map((value) => ({ value, label: t(`states.${value}`) })) }] : []),
    { name: 'find', label: t('list.find'), always: !phone },
    ...(byPayee ? [{ name: 'payee', label: t('list.payee'), options: payees }] : []),
  ];
  const groups = columns.filter((column) => column.group).map((column) => ({ value: column.name, label: column.head }));
  const title = t(`finance.${name}`);
  // A looked-for text is looked for in all rows: the list reads on until it has them.
  const sought = search.find !== undefined && rows.length < 40 ? more : undefined;
  useEffect(() => sought?.(), [sought]);

  return (
    <Page
      fixed
      title={title}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]}
      tools={!unsaved && <ExportMenu sheet={`finance.${name === 'claims' ? 'invoices' : name}`} variables={{ ...asked, ...(search.find ? { find: search.find } : {}) }} />}
      acts={acts}
      sections={<FinanceSections />}
    >
      {error && <Unread kept={rows.length > 0} again={again} />}
      {behind && <Stale again={again} />}
      {kinds && <div className="dw-toolbar">{kinds}</div>}
      <Conditions
        conditions={conditions}
        values={{ state, find: search.find, payee: search.payee }}
        change={change}
        {...(phone ? {} : { groups, group: search.group, changeGroup: (group: string | undefined) => change({ group }) })}
        phone={phone}
      />
      <section className={`${phone && rows.length > 0 ? '' : 'dw-sheet dw-ruled dw-fill'}${fetching || stale ? ' dw-reading' : ''}`} aria-label={title}>
        {rows.length === 0 && !data && !error && <RuledLines rows={12} />}
        {rows.length === 0 && data && !fetching && !asking && <Empty act={acts}>{t(search.find ? 'list.notFound' : state === 'all' ? `list.empty.${name}` : 'list.emptyState', { state: t(`states.${state}`), text: search.find })}</Empty>}
        {rows.length > 0 && phone && <Cards caption={title} rows={rows} rowKey={keyOf} card={card} more={more} />}
        {(rows.length > 0 || asking) && !phone && (
          <Worklist
            name={name}
            caption={title}
            columns={columns}
            rows={rows}
            rowKey={keyOf}
            more={more}
            order={search.sort}
            group={search.group}
            changeOrder={(sort) => change({ sort })}
            open={open}
            asking={setAsking}
            {...(peek ? { peek } : {})}
            {...(bulk ? { bulk } : {})}
            {...(sum ? { sum } : {})}
          />
        )}
      </section>
    </Page>
  );
}

/** What a list is read from. */
const viewsOf = (name: string): string[] => (name === 'journals' ? ['finance_ledger'] : name === 'payees' ? ['finance_payee'] : name === 'advances' || name === 'trusts' ? ['finance_cash'] : name === 'batches' || name === 'statements' ? ['finance_treasury'] : ['finance_document']);

const keyOf = (row: Listed): string => row.id;
