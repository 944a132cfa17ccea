import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationList } from '../administration/AdministrationList';
import { CommandDialog } from '../administration/CommandDialog';
import { useRoleChoices } from '../administration/fields';
import type { WorkColumn } from '../archetype/worklist/columns';
import { PeopleDocument, RegisterPersonDocument, type PeopleQuery, type PersonState, type RegisterPersonInput } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { BiText, inLanguage } from '../value/BiText';
import { PersonTag } from './parts';

type Row = PeopleQuery['people']['nodes'][number];
const states: readonly PersonState[] = ['ACTIVE', 'SUSPENDED', 'LEFT', 'NOT_BEGUN', 'EXPIRED'];

export interface PeopleSearch {
  find?: string;
  state?: string;
  role?: string;
  unit?: string;
  sort?: string;
  group?: string;
}

/** People (الأشخاص): who signs in, with which roles, as far as the reader may look. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as PeopleSearch;
  const [registering, setRegistering] = useState(false);
  const roles = useRoleChoices();
  const open = (id: string) => void navigate({ to: '/administration/people/$id', params: { id } });
  const columns = useMemo<WorkColumn<Row>[]>(
    () => [
      { name: 'name', head: t('access.name'), width: 240, grow: true, cell: (row) => <Link tabIndex={-1} to="/administration/people/$id" params={{ id: row.id }}><BiText text={row.name} /></Link>, value: (row) => inLanguage(row.name, language) },
      { name: 'id', head: t('access.signInName'), width: 140, cell: (row) => <bdi dir="ltr">{row.id}</bdi>, value: (row) => row.id },
      { name: 'title', head: t('access.post'), width: 280, cell: (row) => <BiText text={row.title} />, value: (row) => inLanguage(row.title, language) },
      { name: 'roles', head: t('access.roles'), width: 260, cell: (row) => <Held row={row} />, group: (row) => inLanguage(row.grants.find((grant) => grant.holds)?.role.title ?? { ar: t('access.noRole'), en: t('access.noRole') }, language) },
      { name: 'clearance', head: t('access.clearance'), width: 110, cell: (row) => <BiText text={row.clearance.name} /> },
      { name: 'state', head: t('list.state'), width: 140, cell: (row) => <PersonTag state={row.state} />, group: (row) => t(`access.state.${row.state}`) },
    ],
    [t, language],
  );
  const register = may('access.person.register') && <Button type="primary" icon={<UserPlus className="dw-icon-small" aria-hidden="true" />} onClick={() => setRegistering(true)}>{t('access.act.register')}</Button>;
  return (
    <>
      <AdministrationList
        name="people"
        title={t('administration.people')}
        query={PeopleDocument}
        variables={{ search: search.find ?? null, unit: search.unit ?? null, role: search.role ?? null, state: (search.state as PersonState | undefined) ?? null, services: null }}
        pick={(data) => data.people}
        columns={columns}
        rowKey={(row) => row.id}
        open={(row) => open(row.id)}
        conditions={[
          { name: 'find', label: t('list.find'), always: true },
          { name: 'role', label: t('access.role'), always: true, options: roles },
          { name: 'state', label: t('list.state'), options: states.map((state) => ({ value: state, label: t(`access.state.${state}`) })) },
        ]}
        empty={t('access.empty.people')}
        narrowed={[search.find, search.role, search.state, search.unit].some(Boolean)}
        acts={register}
        card={(row) => (
          <Link to="/administration/people/$id" params={{ id: row.id }}>
            <span className="dw-card-top"><b><BiText text={row.name} /></b> <PersonTag state={row.state} /></span>
            <span><BiText text={row.title} /></span>
            <span><Held row={row} /></span>
          </Link>
        )}
      />
      {registering && (
        <CommandDialog<RegisterPersonInput>
          act={t('access.act.register')}
          document={RegisterPersonDocument}
          questions={[
            { name: 'person', label: t('access.signInName'), as: 'latin', hint: t('access.signInNameHint'), wide: true },
            { name: 'name.ar', label: t('access.nameAr'), as: 'text' },
            { name: 'name.en', label: t('access.nameEn'), as: 'latin' },
            { name: 'title.ar', label: t('access.postAr'), as: 'text' },
            { name: 'title.en', label: t('access.postEn'), as: 'latin' },
            { name: 'on', label: t('access.firstDay'), as: 'date', hint: t('access.todayHint') },
          ]}
          input={(answers) => ({
            person: answers['person'] ?? '',
            name: { ar: answers['name.ar'] ?? '', en: answers['name.en'] ?? '' },
            title: { ar: answers['title.ar'] ?? '', en: answers['title.en'] ?? '' },
            on: answers['on'] || null,
          })}
          leave={() => setRegistering(false)}
          done={(_, answers) => open(answers['person'] ?? '')}
        />
      )}
    </>
  );
}

function Held({ row }: { row: Row }) {
  const { t } = useTranslation();
  const holding = row.grants.filter((grant) => grant.holds);
  if (holding.length === 0) return <span className="dw-quiet">{t('access.noRole')}</span>;
  return <>{holding.map((grant, at) => <span key={grant.no}>{at > 0 && '، '}<BiText text={grant.role.title} /></span>)}</>;
}
