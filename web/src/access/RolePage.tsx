import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts } from '../archetype/document/Margin';
import { RoleDocument, RoleHoldersDocument, type RoleQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Table } from '../sheet/Table';
import { usePages } from '../sheet/use-pages';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { officeZone } from '../shell/office';
import { DatedTag, Days, Decisions, Part, PersonLink, RoleLink } from './parts';
import { Limit } from './RolesPage';
import './access.css';

type Role = NonNullable<RoleQuery['role']>;

export function RolePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/administration/roles/$id' });
  return (
    <WithThing query={RoleDocument} variables={{ id }} pick={(data) => data.role} list={{ to: '/administration/roles', label: t('administration.roles') }}>
      {(role, _, notice, data) => <Sheet key={role.id} role={role} steps={data.accessSteps.nodes} notice={notice} />}
    </WithThing>
  );
}

/** A role: what its holders may do since when and before, in the office's words, and who holds it. */
function Sheet({ role, steps, notice }: { role: Role; steps: RoleQuery['accessSteps']['nodes']; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const today = officeDay(new Date(), officeZone);
  return (
    <DocumentPage
      title={inLanguage(role.title, language)}
      crumbs={useAdministrationCrumbs({ to: '/administration/roles', label: t('administration.roles') }, <BiText key="this" text={role.title} />)}
      sections={<AdministrationSections />}
      acts={[
        ...(may('access.rights.simulate') ? [{ name: 'sees', label: t('access.whatSees'), run: () => void navigate({ to: '/administration/rights', search: { roles: role.id } as never }) }] : []),
        ...(may('access.role.define') ? [{ name: 'set', label: t('access.act.set'), run: () => void navigate({ to: '/administration/roles/$id/set', params: { id: role.id } }) }] : []),
      ]}
      notices={notice}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('access.roleName'), value: <bdi dir="ltr">{role.id}</bdi> },
              { label: t('access.holders'), value: <Count of={role.holderCount} /> },
              { label: t('access.limit'), value: <Limit set={role.set} /> },
              ...(role.apart.length > 0 ? [{ label: t('access.apart'), value: <ul>{role.apart.map((one) => <li key={one.id}><RoleLink of={one} /></li>)}</ul> }] : []),
            ]}
          />
          <Decisions steps={steps} />
        </>
      }
    >
      {role.sets.map((set) => (
        <Part
          key={set.from}
          name={`set-${set.from}`}
          title={t(set.from === role.set?.from ? 'access.setNow' : set.from > today ? 'access.setLater' : 'access.setBefore')}
          empty={t('access.empty.acts')}
          filled={set.acts.length > 0}
          acts={<span className="dw-quiet">{t('access.from')} <DateText day={set.from} form="prose" /></span>}
        >
          <ActsByModule acts={set.acts} />
        </Part>
      ))}
      <Holders role={role.id} />
    </DocumentPage>
  );
}

/** Acts in the office's words, by module. */
export function ActsByModule({ acts }: { acts: Role['sets'][number]['acts'] }) {
  const { t } = useTranslation();
  const modules = [...new Set(acts.map((act) => act.module))];
  return (
    <dl className="dw-acts-list">
      {modules.map((module) => (
        <div key={module}>
          <dt>{t(`access.module.${module}`, { defaultValue: module })}</dt>
          <dd><ul>{acts.filter((act) => act.module === module).map((act) => <li key={act.name}><BiText text={act.title} /> <span className="dw-quiet"><BiText text={act.kindName} /></span></li>)}</ul></dd>
        </div>
      ))}
    </dl>
  );
}

function Holders({ role }: { role: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { rows, more } = usePages(RoleHoldersDocument, { role, first: 100 }, (data) => data.roleHolders);
  if (!may('access.read')) return null;
  return (
    <Part name="holders" title={t('access.holders')} empty={t('access.empty.holders')} filled={rows.length > 0}>
      <Table
        caption={t('access.holders')}
        rows={rows}
        rowKey={(one) => `${one.person.id}/${one.no}`}
        more={more}
        columns={[
          { name: 'person', head: t('access.name'), cell: (one) => <PersonLink of={one.person} /> },
          { name: 'unit', head: t('access.scope'), cell: (one) => <BiText text={one.unit.name} /> },
          { name: 'days', head: t('access.days'), cell: (one) => <Days from={one.from} to={one.to} /> },
          { name: 'state', head: t('list.state'), cell: (one) => <DatedTag holds={one.holds} over={one.to !== null && !one.holds} /> },
        ]}
      />
    </Part>
  );
}
