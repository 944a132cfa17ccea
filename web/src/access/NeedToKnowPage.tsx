import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationList } from '../administration/AdministrationList';
import { CommandDialog } from '../administration/CommandDialog';
import type { WorkColumn } from '../archetype/worklist/columns';
import { ClassifyObjectDocument, GuardedObjectsDocument, NameReaderDocument, StrikeReaderDocument, type ClassifyObjectInput, type GuardedObjectsQuery, type ReaderInput, type Secrecy } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { BiText, inLanguage } from '../value/BiText';
import { RightsPages } from './RightsPages';
import './access.css';

type Row = GuardedObjectsQuery['guardedObjects']['nodes'][number];

/** Need-to-know lists (من يلزمه الاطلاع): graded objects and who is named to them. */
export function NeedToKnowPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const [asking, setAsking] = useState<{ act: 'classify' | 'name' | 'strike'; row?: Row }>();
  const changes = may('access.object.classify');
  const columns = useMemo<WorkColumn<Row>[]>(
    () => [
      { name: 'object', head: t('access.object'), width: 260, cell: (row) => <bdi dir="ltr">{row.key}</bdi>, value: (row) => row.key },
      { name: 'grade', head: t('access.grade'), width: 130, cell: (row) => <BiText text={row.grade.name} />, group: (row) => inLanguage(row.grade.name, language) },
      { name: 'readers', head: t('access.readers'), width: 340, grow: true, cell: (row) => (row.readers.length === 0 ? <span className="dw-quiet">{t('access.empty.readers')}</span> : row.readers.map((one, at) => <span key={one.person.id}>{at > 0 && '، '}<BiText text={one.person.name} /></span>)) },
      ...(changes
        ? [{
            name: 'acts', head: t('page.acts'), width: 250, cell: (row: Row) => (
              <span className="dw-decide">
                <Button size="small" onClick={() => setAsking({ act: 'name', row })}>{t('access.act.name')}</Button>
                {row.readers.length > 0 && <Button size="small" onClick={() => setAsking({ act: 'strike', row })}>{t('access.act.strike')}</Button>}
              </span>
            ),
          }]
        : []),
    ],
    [t, language, changes],
  );
  const reason = { name: 'reason', label: t('access.reason'), as: 'long' } as const;
  const row = asking?.row;
  return (
    <>
      <AdministrationList
        name="need-to-know"
        title={t('access.needToKnow')}
        query={GuardedObjectsDocument}
        variables={{}}
        pick={(data) => data.guardedObjects}
        columns={columns}
        rowKey={(one) => one.key}
        empty={t('access.empty.objects')}
        beside={<RightsPages />}
        acts={changes && <Button type="primary" onClick={() => setAsking({ act: 'classify' })}>{t('access.act.classify')}</Button>}
        card={(one) => (
          <>
            <span className="dw-card-top"><b><bdi dir="ltr">{one.key}</bdi></b> <BiText text={one.grade.name} /></span>
            <span>{one.readers.map((reader) => inLanguage(reader.person.name, language)).join('، ')}</span>
          </>
        )}
      />
      {asking?.act === 'classify' && (
        <CommandDialog<ClassifyObjectInput>
          act={t('access.act.classify')}
          document={ClassifyObjectDocument}
          questions={[{ name: 'object', label: t('access.object'), as: 'latin', hint: t('access.objectHint'), wide: true }, { name: 'secrecy', label: t('access.grade'), as: 'grade', wide: true }, reason]}
          input={(answers) => ({ object: answers['object'] ?? '', secrecy: (answers['secrecy'] ?? 'SECRET') as Secrecy, reason: answers['reason'] ?? '' })}
          leave={() => setAsking(undefined)}
        />
      )}
      {asking && row && asking.act !== 'classify' && (
        <CommandDialog<ReaderInput>
          act={t(`access.act.${asking.act}`)}
          danger={asking.act === 'strike'}
          document={asking.act === 'name' ? NameReaderDocument : StrikeReaderDocument}
          effect={<p className="dw-effect"><bdi dir="ltr">{row.key}</bdi></p>}
          questions={[
            asking.act === 'name' ? { name: 'person', label: t('access.person'), as: 'person' } : { name: 'person', label: t('access.person'), as: 'choice', options: row.readers.map((one) => ({ value: one.person.id, label: inLanguage(one.person.name, language) })), wide: true },
            ...(asking.act === 'name' ? [{ name: 'from', label: t('access.firstDay'), as: 'date', hint: t('access.todayHint') } as const, { name: 'to', label: t('access.lastDay'), as: 'date', hint: t('access.openHint') } as const] : []),
            reason,
          ]}
          input={(answers) => ({ object: row.key, person: answers['person'] ?? '', from: answers['from'] || null, to: answers['to'] || null, reason: answers['reason'] ?? '' })}
          leave={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
