import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { ShieldAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationList } from '../administration/AdministrationList';
import { CommandDialog } from '../administration/CommandDialog';
import type { WorkColumn } from '../archetype/worklist/columns';
import { Moment } from '../archetype/document/Margin';
import { AskEmergencyDocument, EmergenciesDocument, type AskEmergencyInput, type EmergencyHeadFragment, type Secrecy } from '../generated/graph';
import { useSession } from '../session/session';
import { Tag, type Ink } from '../sheet/Tag';
import { BiText } from '../value/BiText';
import { Words } from '../value/Words';
import { RightsPages } from './RightsPages';
import './access.css';

const inks: Record<EmergencyHeadFragment['state'], Ink> = { WAITING: 'maghra', OPEN: 'maghra', ENDED: 'midad', OBJECTED: 'zunjufr', UNWATCHED: 'zunjufr' };

export function EmergencyTag({ of }: { of: Pick<EmergencyHeadFragment, 'state' | 'late'> }) {
  const { t } = useTranslation();
  return <Tag ink={of.late ? 'zunjufr' : inks[of.state]}>{t(`access.emergency.state.${of.state}`)}</Tag>;
}

/** Uses of the emergency way in (كسر الزجاج): one's own, or all for those who watch over them. */
export function EmergenciesPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const open = (id: string) => void navigate({ to: '/administration/emergencies/$id', params: { id } });
  const columns = useMemo<WorkColumn<EmergencyHeadFragment>[]>(
    () => [
      { name: 'person', head: t('access.emergency.who'), width: 220, cell: (row) => <Link tabIndex={-1} to="/administration/emergencies/$id" params={{ id: row.id }}><BiText text={row.person.name} /></Link> },
      { name: 'unit', head: t('access.scope'), width: 240, cell: (row) => <BiText text={row.unit.name} /> },
      { name: 'grade', head: t('access.grade'), width: 110, cell: (row) => <BiText text={row.grade.name} /> },
      { name: 'reason', head: t('access.reason'), width: 280, grow: true, cell: (row) => <Words of={row.reason} /> },
      { name: 'at', head: t('access.emergency.askedAt'), width: 170, cell: (row) => <Moment at={row.askedAt} />, value: (row) => row.askedAt },
      { name: 'state', head: t('list.state'), width: 190, cell: (row) => <EmergencyTag of={row} /> },
    ],
    [t],
  );
  return (
    <>
      <AdministrationList
        name="emergencies"
        title={t('access.emergencies')}
        query={EmergenciesDocument}
        variables={{ waiting: false }}
        pick={(data) => data.emergencies}
        columns={columns}
        rowKey={(row) => row.id}
        open={(row) => open(row.id)}
        empty={t('access.empty.emergencies')}
        beside={<RightsPages />}
        acts={may('access.emergency.ask') && <Button type="primary" danger icon={<ShieldAlert className="dw-icon-small" aria-hidden="true" />} onClick={() => setAsking(true)}>{t('access.act.ask')}</Button>}
        card={(row) => (
          <Link to="/administration/emergencies/$id" params={{ id: row.id }}>
            <span className="dw-card-top"><b><BiText text={row.person.name} /></b> <EmergencyTag of={row} /></span>
            <span><BiText text={row.unit.name} /></span>
            <span><Words of={row.reason} /></span>
          </Link>
        )}
      />
      {asking && (
        <CommandDialog<AskEmergencyInput>
          act={t('access.act.ask')}
          danger
          document={AskEmergencyDocument}
          effect={<p className="dw-effect">{t('access.emergency.effect')}</p>}
          questions={[{ name: 'unit', label: t('access.scope'), as: 'unit' }, { name: 'secrecy', label: t('access.emergency.upTo'), as: 'grade', wide: true }, { name: 'reason', label: t('access.reason'), as: 'long' }]}
          start={{ secrecy: 'RESTRICTED' }}
          input={(answers) => ({ unit: answers['unit'] ?? '', secrecy: answers['secrecy'] as Secrecy, reason: answers['reason'] ?? '' })}
          leave={() => setAsking(false)}
          done={open}
        />
      )}
    </>
  );
}
