import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationList } from '../administration/AdministrationList';
import type { WorkColumn } from '../archetype/worklist/columns';
import { CodeListsDocument, type CodeListsQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { Words } from '../value/Words';
import { TermsPages } from './TermsPages';

type Row = CodeListsQuery['codeLists']['nodes'][number];

/** Code lists (قوائم الرموز) with the version in force. */
export function ListsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<Row>[]>(
    () => [
      { name: 'title', head: t('directory.list'), width: 280, grow: true, cell: (row) => <Link tabIndex={-1} to="/administration/lists/$name" params={{ name: row.name }}><BiText text={row.title} /></Link>, value: (row) => inLanguage(row.title, language) },
      { name: 'name', head: t('access.roleName'), width: 180, cell: (row) => <bdi dir="ltr">{row.name}</bdi>, value: (row) => row.name },
      { name: 'count', head: t('directory.codes'), width: 110, cell: (row) => <Count of={row.count} />, value: (row) => BigInt(row.count) },
      { name: 'version', head: t('directory.version'), width: 150, cell: (row) => <bdi dir="ltr">{row.version?.version}</bdi> },
      { name: 'from', head: t('directory.inForce'), width: 140, cell: (row) => <DateText day={row.version?.from} />, value: (row) => row.version?.from ?? '' },
      { name: 'source', head: t('directory.source'), width: 300, cell: (row) => row.version && <Words of={row.version.source} /> },
    ],
    [t, language],
  );
  return (
    <AdministrationList
      name="code-lists"
      title={t('directory.lists')}
      query={CodeListsDocument}
      variables={{}}
      pick={(data) => data.codeLists}
      columns={columns}
      rowKey={(row) => row.name}
      open={(row) => void navigate({ to: '/administration/lists/$name', params: { name: row.name } })}
      empty={t('directory.empty.lists')}
      beside={<TermsPages />}
      card={(row) => (
        <Link to="/administration/lists/$name" params={{ name: row.name }}>
          <span className="dw-card-top"><b><BiText text={row.title} /></b></span>
          <span>{t('directory.codes')} <Count of={row.count} /></span>
          <span><bdi dir="ltr">{row.version?.version}</bdi></span>
        </Link>
      )}
    />
  );
}
