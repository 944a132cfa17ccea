import { useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { grades, kinds, PersonField, UnitField, useGradeChoices, useRoleChoices } from '../administration/fields';
import { Report } from '../archetype/report/Report';
import { Field } from '../finance/Field';
import '../finance/form.css';
import { matches } from '../finance/matches';
import { WhatSeesDocument, type ActKind, type Secrecy, type WhatSeesQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Empty, RuledLines, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Refusal } from '../sheet/Refusal';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { officeZone } from '../shell/office';
import { BiText, inLanguage } from '../value/BiText';
import { DateInput } from '../value/DateInput';
import { officeDay, proseDate } from '../value/dates';
import { inFamily } from '../value/digits';
import { Days } from './parts';
import { RightsPages } from './RightsPages';
import './access.css';

/** What is asked of the simulator, as its address carries it. */
export interface RightsSearch {
  person?: string | undefined;
  behalf?: string | undefined;
  roles?: string | undefined;
  unit?: string | undefined;
  clearance?: string | undefined;
  at?: string | undefined;
  kind?: string | undefined;
  where?: string | undefined;
  secrecy?: string | undefined;
  object?: string | undefined;
  find?: string | undefined;
}

type Simulation = NonNullable<WhatSeesQuery['whatSees']>;
type Verdict = Simulation['verdicts']['nodes'][number];

/** The rights simulator (ماذا يرى هذا المنصب): what a person, or a set of roles, may do on a day, and why. */
export function RightsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const search = useSearch({ strict: false }) as RightsSearch;
  const navigate = useNavigate();
  const supposed = search.roles !== undefined && search.person === undefined;
  const [mode, setMode] = useState<'person' | 'roles'>(supposed ? 'roles' : 'person');
  const gradeChoices = useGradeChoices();
  const roleChoices = useRoleChoices();
  const change = (part: RightsSearch) => void navigate({ to: '.', search: ((before: RightsSearch) => ({ ...before, ...part })) as never, replace: true });
  const roles = search.roles?.split(' ').filter(Boolean) ?? [];
  const asked = mode === 'person' ? search.person !== undefined : roles.length > 0 && search.unit !== undefined;
  const grade = (value: string | undefined): Secrecy | null => grades.find((one) => one === value) ?? null;
  const question = {
    person: mode === 'person' ? (search.person ?? null) : null,
    behalf: mode === 'person' ? (search.behalf ?? null) : null,
    roles: mode === 'roles' ? roles : null,
    unit: mode === 'roles' ? (search.unit ?? null) : null,
    clearance: mode === 'roles' ? grade(search.clearance) : null,
    at: search.at ?? null,
    kind: (kinds.find((one) => one === search.kind) as ActKind | undefined) ?? null,
    where: search.where ?? null,
    secrecy: grade(search.secrecy),
    object: search.object ?? null,
    act: null,
  };
  const [{ data, error, fetching }, ask] = useQuery({ query: WhatSeesDocument, variables: { question }, pause: !asked || !may('access.rights.simulate') });
  const refused = error?.graphQLErrors.filter((one) => one.extensions['code'] !== undefined && one.extensions['code'] !== 'internal') ?? [];
  const answer = asked ? data?.whatSees : undefined;
  const title = t('access.simulator.title');

  const controls = (
    <section className="dw-sheet dw-ruled dw-rights" aria-label={t('access.simulator.question')}>
      <Segmented<'person' | 'roles'> aria-label={t('access.simulator.about')} value={mode} options={(['person', 'roles'] as const).map((value) => ({ value, label: t(`access.simulator.${value}`) }))} onChange={setMode} />
      <div className="dw-rights-form">
        {mode === 'person' ? (
          <>
            <Field name="who" label={t('access.person')}><PersonField id="who" value={search.person ?? ''} change={(person) => change({ person: person || undefined })} clears /></Field>
            <Field name="behalf" label={t('access.simulator.behalf')}><PersonField id="behalf" value={search.behalf ?? ''} change={(behalf) => change({ behalf: behalf || undefined })} clears /></Field>
          </>
        ) : (
          <>
            <Field name="roles" label={t('access.roles')}><Select id="roles" mode="multiple" showSearch={{ optionFilterProp: 'label' }} value={roles} options={roleChoices} onChange={(chosen: string[]) => change({ roles: chosen.join(' ') || undefined })} /></Field>
            <Field name="unit" label={t('access.scope')}><UnitField id="unit" value={search.unit ?? ''} change={(unit) => change({ unit: unit || undefined })} clears /></Field>
            <Field name="clearance" label={t('access.clearance')}><Select id="clearance" allowClear value={search.clearance} options={gradeChoices} onChange={(clearance?: string) => change({ clearance })} /></Field>
          </>
        )}
        <div className="dw-field"><DateInput name="at" label={t('access.simulator.day')} value={search.at ?? officeDay(new Date(), officeZone)} onChange={(at) => change({ at: at || undefined })} /></div>
        <Field name="where" label={t('access.simulator.where')}><UnitField id="where" value={search.where ?? ''} change={(where) => change({ where: where || undefined })} clears /></Field>
        <Field name="secrecy" label={t('access.simulator.secrecy')}><Select id="secrecy" allowClear value={search.secrecy} options={gradeChoices} onChange={(secrecy?: string) => change({ secrecy })} /></Field>
        {(search.secrecy === 'SECRET' || search.secrecy === 'TOP_SECRET') && <Field name="object" label={t('access.object')}><Input id="object" dir="ltr" defaultValue={search.object ?? ''} onBlur={(event) => change({ object: event.target.value.trim() || undefined })} /></Field>}
        <Field name="kind" label={t('access.kind')}><Select id="kind" allowClear value={search.kind} options={kinds.map((kind) => ({ value: kind, label: t(`access.kinds.${kind}`) }))} onChange={(kind?: string) => change({ kind })} /></Field>
        <Field name="find" label={t('list.find')}><Input id="find" allowClear value={search.find ?? ''} onChange={(event) => change({ find: event.target.value || undefined })} /></Field>
      </div>
    </section>
  );
  return (
    <Page title={title} crumbs={useAdministrationCrumbs(undefined, title)} sections={<AdministrationSections />}>
      <RightsPages />
      {refused.length > 0 && <Refusal problems={refused.map((one) => ({ code: String(one.extensions['code']), message: one.message }))} />}
      {error && refused.length === 0 && <Unread kept={false} again={() => ask({ requestPolicy: 'network-only' })} />}
      <Report
        name={title}
        sentence={answer ? <Sentence of={answer} /> : t('access.simulator.choose')}
        controls={controls}
        table={
          answer ? <Verdicts of={answer} find={search.find ?? ''} /> : asked && fetching ? <RuledLines rows={10} /> : <Empty>{t('access.simulator.empty')}</Empty>
        }
      />
    </Page>
  );
}

/** The answer in one sentence: who, on which day, how many of how many acts. */
function Sentence({ of }: { of: Simulation }) {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const who = of.person ? inLanguage(of.person.name, language) : t('access.simulator.holder', { roles: of.roles.map((role) => inLanguage(role.title, language)).join(language === 'ar' ? '، ' : ', ') });
  const parts = { who, day: proseDate(of.day, language, family), n: inFamily(String(of.allowedCount), family), all: inFamily(String(of.actCount), family), clearance: inLanguage(of.clearance.name, language) };
  return (
    <>
      {of.works ? t(of.onBehalfOf ? 'access.simulator.sentenceFor' : 'access.simulator.sentence', { ...parts, principal: of.onBehalfOf ? inLanguage(of.onBehalfOf.name, language) : '' }) : <Tag ink="zunjufr"><BiText text={of.why} /></Tag>}
      {of.emergency && <> <Tag ink="maghra">{t('access.simulator.emergency')}</Tag></>}
      {of.apart.map((pair) => <span key={pair.a.id + pair.b.id}> <Tag ink="zunjufr">{t('access.simulator.apart', { a: inLanguage(pair.a.title, language), b: inLanguage(pair.b.title, language) })}</Tag></span>)}
    </>
  );
}

/** Each act with its answer and what said so. */
function Verdicts({ of, find }: { of: Simulation; find: string }) {
  const { t } = useTranslation();
  const rows = useMemo(() => of.verdicts.nodes.filter((one) => !find || matches(find, [one.act.title.ar, one.act.title.en, one.act.name])), [of, find]);
  if (rows.length === 0) return <Empty>{t('list.notFound', { text: find })}</Empty>;
  return (
    <Table<Verdict>
      caption={t('access.simulator.verdicts')}
      rows={rows}
      rowKey={(one) => one.act.name}
      minimum="760px"
      columns={[
        { name: 'act', head: t('access.act.title'), cell: (one) => <BiText text={one.act.title} /> },
        { name: 'module', head: t('access.moduleWord'), cell: (one) => t(`access.module.${one.act.module}`, { defaultValue: one.act.module }) },
        { name: 'kind', head: t('access.kind'), cell: (one) => <BiText text={one.act.kindName} /> },
        { name: 'verdict', head: t('access.simulator.verdict'), cell: (one) => <Tag ink={one.allowed ? 'zinjar' : one.why === 'no_role' || one.why === 'nothing' ? 'midad' : 'zunjufr'}>{t(one.allowed ? 'access.simulator.yes' : 'access.simulator.no')}</Tag> },
        { name: 'why', head: t('access.simulator.why'), cell: (one) => <Why of={one} supposed={of.person === null} /> },
      ]}
    />
  );
}

function Why({ of, supposed }: { of: Verdict; supposed: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="dw-why">
      <span className={of.allowed ? undefined : 'dw-verdict-no'}><BiText text={of.reason} /></span>
      {of.unit && <span className="dw-quiet">{t('access.scope')}: <BiText text={of.unit.name} />{of.grant && !supposed && <> · <Days from={of.grant.from} to={of.grant.to} /></>}</span>}
      {!of.unit && of.units.length > 0 && <span className="dw-quiet">{t('access.simulator.heldIn')} {of.units.map((unit, at) => <span key={unit.id}>{at > 0 && '، '}<BiText text={unit.name} /></span>)}</span>}
    </span>
  );
}
