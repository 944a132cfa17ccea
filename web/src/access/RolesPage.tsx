import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AdministrationList } from '../administration/AdministrationList';
import { CommandDialog } from '../administration/CommandDialog';
import { useRoleChoices } from '../administration/fields';
import type { WorkColumn } from '../archetype/worklist/columns';
import { JoinRolesDocument, RolesDocument, SeparatedRolesDocument, SeparateRolesDocument, type RolesQuery, type SeparateRolesInput } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { Money } from '../value/Money';

type Row = RolesQuery['roles']['nodes'][number];

/** Roles (الأدوار): dated sets of permissions, how many hold them, which may not meet. */
export function RolesPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const [separating, setSeparating] = useState<'separate' | 'join'>();
  const columns = useMemo<WorkColumn<Row>[]>(
    () => [
      { name: 'title', head: t('access.role'), width: 240, grow: true, cell: (row) => <Link tabIndex={-1} to="/administration/roles/$id" params={{ id: row.id }}><BiText text={row.title} /></Link>, value: (row) => inLanguage(row.title, language) },
      { name: 'holders', head: t('access.holders'), width: 110, cell: (row) => <Count of={row.holderCount} />, value: (row) => BigInt(row.holderCount) },
      { name: 'acts', head: t('access.acts'), width: 110, cell: (row) => <Count of={row.set?.acts.length ?? 0} />, value: (row) => BigInt(row.set?.acts.length ?? 0) },
      { name: 'limit', head: t('access.limit'), width: 170, cell: (row) => <Limit set={row.set} /> },
      { name: 'from', head: t('access.since'), width: 130, cell: (row) => <DateText day={row.set?.from} />, value: (row) => row.set?.from ?? '' },
      { name: 'apart', head: t('access.apart'), width: 320, cell: (row) => row.apart.map((role, at) => <span key={role.id}>{at > 0 && '، '}<BiText text={role.title} /></span>) },
    ],
    [t, language],
  );
  return (
    <>
      <AdministrationList
        name="roles"
        title={t('administration.roles')}
        query={RolesDocument}
        variables={{}}
        pick={(data) => data.roles}
        columns={columns}
        rowKey={(row) => row.id}
        open={(row) => void navigate({ to: '/administration/roles/$id', params: { id: row.id } })}
        empty={t('access.empty.rolesList')}
        acts={
          <>
            {may('access.duties.separate') && <Button onClick={() => setSeparating('join')}>{t('access.act.join')}</Button>}
            {may('access.duties.separate') && <Button onClick={() => setSeparating('separate')}>{t('access.act.separate')}</Button>}
            {may('access.role.define') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/administration/roles/new' })}>{t('access.act.define')}</Button>}
          </>
        }
        card={(row) => (
          <Link to="/administration/roles/$id" params={{ id: row.id }}>
            <span className="dw-card-top"><b><BiText text={row.title} /></b></span>
            <span>{t('access.holders')} <Count of={row.holderCount} /></span>
            <span>{t('access.acts')} <Count of={row.set?.acts.length ?? 0} /></span>
          </Link>
        )}
      />
      {separating && <Separate act={separating} leave={() => setSeparating(undefined)} />}
    </>
  );
}

function Separate({ act, leave }: { act: 'separate' | 'join'; leave: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const roles = useRoleChoices();
  const [{ data }] = useQuery({ query: SeparatedRolesDocument, variables: { first: 200 } });
  const pairs = (data?.separatedRoles.nodes ?? []).map((pair) => ({ value: `${pair.a.id} ${pair.b.id}`, label: `${inLanguage(pair.a.title, language)} · ${inLanguage(pair.b.title, language)}` }));
  const reason = { name: 'reason', label: t('access.reason'), as: 'long' } as const;
  return (
    <CommandDialog<SeparateRolesInput>
      act={t(`access.act.${act}`)}
      document={act === 'separate' ? SeparateRolesDocument : JoinRolesDocument}
      effect={<p className="dw-quiet">{t(act === 'separate' ? 'access.separateEffect' : 'access.joinEffect')}</p>}
      questions={act === 'separate' ? [{ name: 'a', label: t('access.role'), as: 'choice', options: roles }, { name: 'b', label: t('access.otherRole'), as: 'choice', options: roles }, reason] : [{ name: 'pair', label: t('access.apart'), as: 'choice', options: pairs, wide: true }, reason]}
      input={(answers) => {
        const [a = '', b = ''] = (answers['pair'] ?? '').split(' ');
        return { a: answers['a'] ?? a, b: answers['b'] ?? b, reason: answers['reason'] ?? '' };
      }}
      leave={leave}
    />
  );
}

/** The most they approve finally. */
export function Limit({ set }: { set: { limit: { amount: string; currency: string } | null; unlimited: boolean } | null }) {
  const { t } = useTranslation();
  if (set?.unlimited) return <>{t('access.unlimited')}</>;
  return set?.limit ? <Money value={set.limit} withCurrency /> : <span className="dw-none">{t('access.noLimit')}</span>;
}
