import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { useSettled } from '../administration/fields';
import { UnitRootDocument, UnitsDocument, type UnitHeadFragment } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Table } from '../sheet/Table';
import { officeZone } from '../shell/office';
import { BiText } from '../value/BiText';
import { Count } from '../value/Count';
import { DateInput } from '../value/DateInput';
import { officeDay } from '../value/dates';
import { moveOf, type Branch } from './tree';
import './directory.css';

export interface BodiesSearch {
  at?: string | undefined;
  find?: string | undefined;
}

/** Bodies and units (الهيئات والوحدات): the tree of the government on a day, or what a search finds in it. */
export function BodiesPage() {
  const { t } = useTranslation();
  const search = useSearch({ strict: false }) as BodiesSearch;
  const navigate = useNavigate();
  const [typed, setTyped] = useState(search.find ?? '');
  const words = useSettled(typed);
  const today = officeDay(new Date(), officeZone);
  const at = search.at ?? today;
  const change = (part: BodiesSearch) => void navigate({ to: '.', search: ((before: BodiesSearch) => ({ ...before, ...part })) as never, replace: true });
  useEffect(() => {
    if (words !== (search.find ?? '')) change({ find: words || undefined });
  }, [words]);
  const title = t('administration.bodies');
  return (
    <Page title={title} crumbs={useAdministrationCrumbs(undefined, title)} sections={<AdministrationSections />}>
      <div className="dw-toolbar dw-tree-tools">
        <DateInput name="at" label={t('directory.asOf')} value={at} onChange={(day) => change({ at: day === today ? undefined : day || undefined })} />
        <Input className="dw-condition dw-push" aria-label={t('list.find')} placeholder={t('list.find')} allowClear value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {at !== today && <p className="dw-strip dw-strip-then" role="note">{t('directory.then')}</p>}
      <section className="dw-sheet dw-ruled dw-tree-sheet" aria-label={title}>
        {search.find ? <Found words={search.find} at={at} /> : <Tree key={at} at={at} />}
      </section>
    </Page>
  );
}

/** The tree: one tab stop, arrows as seen; what stands below a unit is read when it is opened. */
function Tree({ at }: { at: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const client = useClient();
  const navigate = useNavigate();
  const [{ data, error }, again] = useQuery({ query: UnitRootDocument, variables: { at } });
  const [below, setBelow] = useState<ReadonlyMap<string, readonly UnitHeadFragment[]>>(new Map());
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string>();
  const tree = useRef<HTMLUListElement>(null);
  const root = data?.unitAt;

  const open = useCallback(
    async (id: string) => {
      const all: UnitHeadFragment[] = [];
      for (let after: string | null = null; ; ) {
        const read: Awaited<ReturnType<typeof ask>> = await ask(after);
        all.push(...(read?.units.nodes ?? []));
        if (!read?.units.pageInfo.hasNextPage) break;
        after = read.units.pageInfo.endCursor;
      }
      setBelow((before) => new Map(before).set(id, all));
      setOpened((before) => new Set(before).add(id));
      async function ask(after: string | null) {
        return (await client.query(UnitsDocument, { parent: id, search: null, at, first: 200, after })).data;
      }
    },
    [client, at],
  );
  useEffect(() => {
    if (root) void open(root.id);
  }, [root?.id, open]);
  useEffect(() => {
    if (current && tree.current?.contains(document.activeElement)) tree.current.querySelector<HTMLElement>(`[data-unit="${CSS.escape(current)}"]`)?.focus();
  }, [current, opened]);

  if (error) return <Unread kept={false} again={() => again({ requestPolicy: 'network-only' })} />;
  if (!data) return <RuledLines rows={10} />;
  if (!root) return <Empty>{t('directory.empty.bodies')}</Empty>;

  const seen: (Branch & { unit: UnitHeadFragment; place: number; of: number })[] = [];
  const visit = (unit: UnitHeadFragment, level: number, place: number, of: number) => {
    seen.push({ id: unit.id, level, open: opened.has(unit.id), parent: unit.unitCount > 0, unit, place, of });
    if (opened.has(unit.id)) (below.get(unit.id) ?? []).forEach((child, index, all) => visit(child, level + 1, index + 1, all.length));
  };
  visit(root, 1, 1, 1);

  const close = (id: string) => setOpened((before) => new Set([...before].filter((one) => one !== id)));
  const toggle = (id: string) => (opened.has(id) ? close(id) : void open(id));
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = current ?? root.id;
    if (event.code === 'Enter') void navigate({ to: '/administration/bodies/$id', params: { id: at } });
    else if (event.code === 'Space') toggle(at);
    else {
      const move = moveOf(event.code, at, seen, language === 'ar');
      if (!move) return;
      if (move.kind === 'to') setCurrent(move.id);
      else if (move.kind === 'open') void open(move.id);
      else close(move.id);
    }
    event.preventDefault();
  };
  return (
    <ul role="tree" className="dw-tree" aria-label={t('administration.bodies')} ref={tree} onKeyDown={pressed}>
      {seen.map(({ unit, level, place, of, open: isOpen, parent }) => (
        <li
          key={unit.id}
          role="treeitem"
          data-unit={unit.id}
          tabIndex={(current ?? root.id) === unit.id ? 0 : -1}
          aria-level={level}
          aria-posinset={place}
          aria-setsize={of}
          aria-selected={current === unit.id}
          {...(parent ? { 'aria-expanded': isOpen } : {})}
          onFocus={() => setCurrent(unit.id)}
          onClick={() => setCurrent(unit.id)}
          style={{ '--depth': level - 1 } as React.CSSProperties}
        >
          <span className="dw-tree-fold" aria-hidden="true" onClick={() => parent && toggle(unit.id)}>
            {parent && (isOpen ? <ChevronDown className="dw-icon-small" /> : <ChevronRight className="dw-icon-small dw-mirrored" />)}
          </span>
          <Link tabIndex={-1} className={unit.body ? 'dw-strong' : undefined} to="/administration/bodies/$id" params={{ id: unit.id }} search={{ at } as never}><BiText text={unit.name} /></Link>
          <span className="dw-quiet">{unit.kindName ? <BiText text={unit.kindName} /> : unit.levelName && <BiText text={unit.levelName} />}</span>
          <bdi dir="ltr" className="dw-quiet dw-push">{unit.path}</bdi>
          {unit.postCount > 0 && <span className="dw-chip">{t('access.posts')} <Count of={unit.postCount} /></span>}
        </li>
      ))}
    </ul>
  );
}

/** What a search finds on the day, by path. */
function Found({ words, at }: { words: string; at: string }) {
  const { t } = useTranslation();
  const [{ data, fetching }] = useQuery({ query: UnitsDocument, variables: { parent: null, search: words, at, first: 100, after: null } });
  const rows = data?.units.nodes ?? [];
  if (!data && fetching) return <RuledLines rows={8} />;
  if (rows.length === 0) return <Empty>{t('list.notFound', { text: words })}</Empty>;
  return (
    <Table
      caption={t('administration.bodies')}
      rows={rows}
      rowKey={(unit) => unit.id}
      columns={[
        { name: 'name', head: t('access.name'), cell: (unit) => <Link to="/administration/bodies/$id" params={{ id: unit.id }} search={{ at } as never}><BiText text={unit.name} /></Link> },
        { name: 'kind', head: t('directory.kind'), cell: (unit) => (unit.kindName ? <BiText text={unit.kindName} /> : unit.levelName && <BiText text={unit.levelName} />) },
        { name: 'path', head: t('directory.path'), cell: (unit) => <bdi dir="ltr">{unit.path}</bdi> },
        { name: 'chapter', head: t('directory.chapter'), cell: (unit) => <bdi dir="ltr">{unit.chapter ?? unit.centre ?? ''}</bdi> },
      ]}
    />
  );
}
