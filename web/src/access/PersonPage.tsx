import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { DocumentPage, type PageAct } from '../archetype/document/DocumentPage';
import { MarginFacts, Moment } from '../archetype/document/Margin';
import { PersonDocument, type PersonQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { Words } from '../value/Words';
import { ColleaguePage } from './ColleaguePage';
import { DatedTag, Days, Decisions, Part, PersonTag, RoleLink } from './parts';
import { Delegations } from './Delegations';
import { PersonDialog, type Asking } from './PersonDialog';
import { PostsOf } from './PostsOf';

export type OnePerson = NonNullable<PersonQuery['person']>;

export function PersonPage() {
  const { id } = useParams({ from: '/administration/people/$id' });
  const { may, me } = useSession();
  return may('access.read') || me.id === id ? <PersonSheet id={id} /> : <ColleaguePage id={id} />;
}

/** One's own rights: what one holds, whom one acts for and who acts for one. */
export function MyRightsPage() {
  const { me } = useSession();
  return <PersonSheet id={me.id} own />;
}

function PersonSheet({ id, own = false }: { id: string; own?: boolean }) {
  const { t } = useTranslation();
  return (
    <WithThing query={PersonDocument} variables={{ id }} pick={(data) => data.person} list={own ? { to: '/me', label: t('module.me') } : { to: '/administration/people', label: t('administration.people') }}>
      {(person, _, notice, data) => <Sheet key={person.id} person={person} steps={data.accessSteps.nodes} own={own} notice={notice} />}
    </WithThing>
  );
}

/** A person: what they hold and since when, who acts for them, how they sign in; in the margin, who decided it. */
function Sheet({ person, steps, own, notice }: { person: OnePerson; steps: PersonQuery['accessSteps']['nodes']; own: boolean; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may, me } = useSession();
  const [asking, setAsking] = useState<Asking>();
  const self = me.id === person.id;
  const name = inLanguage(person.name, language);
  const ask = (act: Asking['act']) => setAsking({ act });
  const acts: PageAct[] = [
    ...(may('access.person.change') && !self && !person.last
      ? [
          { name: 'end', label: t('access.act.end'), danger: true, run: () => ask('end') },
          { name: 'rename', label: t('access.act.rename'), run: () => ask('rename') },
          person.state === 'SUSPENDED' ? { name: 'reinstate', label: t('access.act.reinstate'), run: () => ask('reinstate') } : { name: 'suspend', label: t('access.act.suspend'), danger: true, run: () => ask('suspend') },
        ]
      : []),
    ...(may('access.clearance.give') && !self && !person.last ? [{ name: 'clear', label: t('access.act.clear'), run: () => ask('clear') }] : []),
    ...(may('access.role.grant') && !person.last ? [{ name: 'grant', label: t('access.act.grant'), ...(self ? { blocked: t('access.ownRights') } : {}), run: () => ask('grant') }] : []),
    ...(self && person.state === 'ACTIVE' && !me.onBehalfOf ? [{ name: 'delegate', label: t('access.act.delegate'), run: () => ask('delegate') }] : []),
  ];
  const list = own ? { to: '/me', label: t('module.me') } : { to: '/administration/people', label: t('administration.people') };
  const crumbs = useAdministrationCrumbs(list, own ? t('access.mine') : <BiText key="this" text={person.name} />);
  return (
    <DocumentPage
      title={own ? t('access.mine') : name}
      crumbs={own ? crumbs.slice(1) : crumbs}
      beside={<PersonTag state={person.state} />}
      sections={own ? undefined : <AdministrationSections />}
      acts={acts}
      notices={notice}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('access.signInName'), value: <bdi dir="ltr">{person.id}</bdi> },
              { label: t('access.post'), value: <BiText text={person.title} /> },
              { label: t('access.firstDay'), value: <DateText day={person.since} /> },
              ...(person.last ? [{ label: t('access.lastDay'), value: <DateText day={person.last} /> }] : []),
              { label: t('access.clearance'), value: <BiText text={person.clearance.name} /> },
              ...(person.service ? [{ label: t('access.service.owner'), value: <BiText text={person.service.owner.name} /> }, { label: t('access.service.expires'), value: <DateText day={person.service.expires} /> }, { label: t('access.service.rate'), value: <Count of={person.service.rate} /> }] : []),
            ]}
          />
          <SignIn person={person} />
          <Decisions steps={steps} />
        </>
      }
    >
      <Part
        name="roles"
        title={t('access.roles')}
        empty={t('access.empty.roles')}
        filled={person.grants.length > 0}
        acts={may('access.rights.simulate') && <Link className="dw-chip" to="/administration/rights" search={{ person: person.id } as never}>{t('access.whatSees')}</Link>}
      >
        <Table
          caption={t('access.roles')}
          rows={person.grants}
          rowKey={(grant) => String(grant.no)}
          columns={[
            { name: 'role', head: t('access.role'), cell: (grant) => (may('access.read') ? <RoleLink of={grant.role} /> : <BiText text={grant.role.title} />) },
            { name: 'unit', head: t('access.scope'), cell: (grant) => <BiText text={grant.unit.name} /> },
            { name: 'days', head: t('access.days'), cell: (grant) => <Days from={grant.from} to={grant.to} /> },
            { name: 'state', head: t('list.state'), cell: (grant) => <DatedTag holds={grant.holds} over={grant.over} /> },
            { name: 'acts', head: <span className="dw-hidden">{t('page.acts')}</span>, cell: (grant) => may('access.role.grant') && !self && !grant.over && <Button size="small" onClick={() => setAsking({ act: 'revoke', grant })}>{t('access.act.revoke')}</Button> },
          ]}
        />
      </Part>
      <Delegations person={person} withdraw={(delegation) => setAsking({ act: 'withdraw', delegation })} mayWithdraw={self || may('access.person.change')} />
      <PostsOf person={person.id} />
      <Part name="clearance" title={t('access.clearances')} empty={t('access.empty.clearances')} filled={person.clearances.length > 0}>
        <Table
          caption={t('access.clearances')}
          rows={person.clearances.map((one, at) => ({ ...one, at }))}
          rowKey={(one) => String(one.at)}
          columns={[
            { name: 'grade', head: t('access.clearance'), cell: (one) => <BiText text={one.grade.name} /> },
            { name: 'days', head: t('access.days'), cell: (one) => <Days from={one.from} to={one.to} /> },
            { name: 'reason', head: t('access.reason'), cell: (one) => <Words of={one.reason} /> },
            { name: 'state', head: t('list.state'), cell: (one) => <DatedTag holds={one.holds} over={!one.holds} /> },
          ]}
        />
      </Part>
      <Part name="need" title={t('access.needToKnow')} empty={t('access.empty.needToKnow')} filled={person.needToKnow.length > 0}>
        <Table
          caption={t('access.needToKnow')}
          rows={person.needToKnow}
          rowKey={(one) => one.object}
          columns={[
            { name: 'object', head: t('access.object'), cell: (one) => <bdi dir="ltr">{one.object}</bdi> },
            { name: 'grade', head: t('access.grade'), cell: (one) => <BiText text={one.grade.name} /> },
            { name: 'days', head: t('access.days'), cell: (one) => <Days from={one.from} to={one.to} /> },
            { name: 'state', head: t('list.state'), cell: (one) => <DatedTag holds={one.holds} over={!one.holds} /> },
          ]}
        />
      </Part>
      {asking && <PersonDialog person={person} asking={asking} leave={() => setAsking(undefined)} />}
    </DocumentPage>
  );
}

/** How they sign in, as far as it may be told. */
function SignIn({ person }: { person: OnePerson }) {
  const { t } = useTranslation();
  const account = person.account;
  return (
    <section className="dw-margin-part">
      <h2>{t('access.signIn.title')}</h2>
      {!account && <p className="dw-quiet">{t('access.signIn.none')}</p>}
      {account && (
        <dl className="dw-margin-facts">
          {account.suspendedAt && <div><dt>{t('list.state')}</dt><dd><Tag ink="zunjufr">{t('access.signIn.suspended')}</Tag></dd></div>}
          <div><dt>{t('access.signIn.password')}</dt><dd>{t(account.password ? 'access.yes' : 'access.no')}</dd></div>
          <div><dt>{t('access.signIn.totp')}</dt><dd>{t(account.totp ? 'access.yes' : 'access.no')}</dd></div>
          <div><dt>{t('access.signIn.passkeys')}</dt><dd><Count of={account.passkeys} /></dd></div>
          <div><dt>{t('access.signIn.codes')}</dt><dd><Count of={account.recoveryCodes} /></dd></div>
          <div><dt>{t('access.signIn.sessions')}</dt><dd><Count of={account.sessions} /></dd></div>
          {account.usedAt && <div><dt>{t('access.signIn.used')}</dt><dd><Moment at={account.usedAt} /></dd></div>}
        </dl>
      )}
    </section>
  );
}
