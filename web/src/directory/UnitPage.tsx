import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatedTag, Days, Part } from '../access/parts';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts } from '../archetype/document/Margin';
import { UnitDocument, type UnitQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { officeZone } from '../shell/office';
import { BiText, inLanguage } from '../value/BiText';
import { DateInput } from '../value/DateInput';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { ActsOf } from './ActsOf';
import { UnitDialog, type UnitAsking } from './UnitDialog';
import './directory.css';

export type OneUnit = NonNullable<UnitQuery['unit']>;

export function UnitPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/administration/bodies/$id' });
  const search = useSearch({ strict: false }) as { at?: string };
  return (
    <WithThing query={UnitDocument} variables={{ id, at: search.at ?? null }} pick={(data) => data.unit} list={{ to: '/administration/bodies', label: t('administration.bodies') }}>
      {(unit, _, notice, data) => <Sheet key={unit.id} unit={unit} data={data} notice={notice} />}
    </WithThing>
  );
}

/** A body or unit on a day: what it is, its posts and who is in them, what stands below it, what it was before. */
function Sheet({ unit, data, notice }: { unit: OneUnit; data: UnitQuery; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<UnitAsking>();
  const today = officeDay(new Date(), officeZone);
  const now = unit.day === today;
  const changes = now && unit.open && may('directory.structure.change');
  const fills = now && may('directory.post.fill');
  const ask = (act: UnitAsking['act']) => () => setAsking({ act });
  const list = { to: '/administration/bodies', label: t('administration.bodies') };
  return (
    <DocumentPage
      title={inLanguage(unit.name, language)}
      crumbs={[...useAdministrationCrumbs(list), ...unit.above.map((one) => <Link key={one.id} to="/administration/bodies/$id" params={{ id: one.id }}><BiText text={one.name} /></Link>), <BiText key="this" text={unit.name} />]}
      beside={<Tag ink={unit.open ? 'zinjar' : 'midad'}>{t(unit.open ? 'directory.open' : 'directory.closed')}</Tag>}
      sections={<AdministrationSections />}
      acts={
        changes
          ? [
              { name: 'close', label: t('directory.act.close'), danger: true, run: ask('close') },
              { name: 'merge', label: t('directory.act.merge'), run: ask('merge') },
              { name: 'move', label: t('directory.act.move'), run: ask('move') },
              { name: 'rename', label: t('directory.act.rename'), run: ask('rename') },
              ...(unit.body ? [{ name: 'foundBody', label: t('directory.act.foundBody'), run: ask('foundBody') }] : []),
              { name: 'foundPost', label: t('directory.act.foundPost'), run: ask('foundPost') },
              { name: 'foundUnit', label: t('directory.act.foundUnit'), run: ask('foundUnit') },
            ]
          : []
      }
      notices={
        <>
          {notice}
          {!now && <p className="dw-strip dw-strip-then" role="note">{t('directory.thenDay')} <DateText day={unit.day} form="prose" /></p>}
          {unit.successors.length > 0 && <p className="dw-strip" role="note">{t('directory.successors')} {unit.successors.map((one, at) => <span key={one.id}>{at > 0 && '، '}<Link to="/administration/bodies/$id" params={{ id: one.id }}><BiText text={one.name} /></Link></span>)}</p>}
        </>
      }
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('directory.path'), value: <bdi dir="ltr">{unit.path}</bdi> },
              { label: t('directory.kind'), value: unit.kindName ? <BiText text={unit.kindName} /> : unit.levelName ? <BiText text={unit.levelName} /> : '—' },
              ...(unit.chapter ? [{ label: t('directory.chapter'), value: <bdi dir="ltr">{unit.chapter}</bdi> }] : []),
              ...(unit.centre ? [{ label: t('directory.centre'), value: <bdi dir="ltr">{unit.centre}</bdi> }] : []),
              ...(unit.ofBody && unit.ofBody.id !== unit.id ? [{ label: t('directory.body'), value: <BiText text={unit.ofBody.name} /> }] : []),
            ]}
          />
          <DateInput name="at" label={t('directory.asOf')} value={unit.day} onChange={(day) => void navigate({ to: '.', search: { at: day && day !== today ? day : undefined } as never, replace: true })} />
          <ActsOf acts={data.unitActs.nodes} />
        </>
      }
    >
      <Part name="posts" title={t('access.posts')} empty={t('directory.empty.posts')} filled={data.posts.nodes.length > 0}>
        <Table
          caption={t('access.posts')}
          rows={data.posts.nodes}
          rowKey={(post) => post.id}
          columns={[
            { name: 'title', head: t('access.post'), cell: (post) => <Link to="/administration/posts/$id" params={{ id: post.id }}><BiText text={post.title} /></Link> },
            { name: 'holder', head: t('directory.holder'), cell: (post) => (post.holders.length === 0 ? <Tag ink="maghra">{t('directory.vacant')}</Tag> : post.holders.map((one) => <div key={one.tenure}><BiText text={one.name} />{one.acting && <span className="dw-quiet"> {t('directory.acting')}</span>}</div>)) },
            { name: 'since', head: t('access.days'), cell: (post) => post.holders.map((one) => <div key={one.tenure}><Days from={one.from} to={one.to} /></div>) },
            {
              name: 'acts', head: <span className="dw-hidden">{t('page.acts')}</span>, cell: (post) => (
                <span className="dw-decide">
                  {may('access.rights.simulate') && post.holders[0] && <Link className="dw-chip" to="/administration/rights" search={{ person: post.holders[0].person } as never}>{t('access.whatSees')}</Link>}
                  {fills && <Button size="small" onClick={() => setAsking({ act: 'fill', post })}>{t('directory.act.fill')}</Button>}
                  {fills && post.holders.length > 0 && <Button size="small" onClick={() => setAsking({ act: 'leave', post })}>{t('directory.act.leave')}</Button>}
                </span>
              ),
            },
          ]}
        />
      </Part>
      <Part name="below" title={t('directory.below')} empty={t('directory.empty.below')} filled={data.units.nodes.length > 0}>
        <Table
          caption={t('directory.below')}
          rows={data.units.nodes}
          rowKey={(one) => one.id}
          columns={[
            { name: 'name', head: t('access.name'), cell: (one) => <Link to="/administration/bodies/$id" params={{ id: one.id }} search={(now ? {} : { at: unit.day }) as never}><BiText text={one.name} /></Link> },
            { name: 'kind', head: t('directory.kind'), cell: (one) => (one.kindName ? <BiText text={one.kindName} /> : one.levelName && <BiText text={one.levelName} />) },
            { name: 'path', head: t('directory.path'), cell: (one) => <bdi dir="ltr">{one.path}</bdi> },
          ]}
        />
      </Part>
      <Part name="history" title={t('directory.history')} empty={t('directory.empty.history')} filled={data.unitHistory.nodes.length > 0}>
        <Table
          caption={t('directory.history')}
          rows={data.unitHistory.nodes}
          rowKey={(span) => span.from}
          columns={[
            { name: 'days', head: t('access.days'), cell: (span) => <Days from={span.from} to={span.to} /> },
            { name: 'name', head: t('access.name'), cell: (span) => <BiText text={span.name} /> },
            { name: 'path', head: t('directory.path'), cell: (span) => <bdi dir="ltr">{span.path}</bdi> },
            { name: 'open', head: t('list.state'), cell: (span) => (span.open ? <DatedTag holds={span.from <= unit.day && (span.to === null || span.to >= unit.day)} over={span.to !== null && span.to < unit.day} /> : t('directory.closed')) },
          ]}
        />
      </Part>
      {asking && <UnitDialog unit={unit} asking={asking} leave={() => setAsking(undefined)} />}
    </DocumentPage>
  );
}
