import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { useSettled } from '../administration/fields';
import { AdministrationSections } from '../administration/Sections';
import { WithThing } from '../administration/WithThing';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts } from '../archetype/document/Margin';
import { CodeListDocument, CodeValuesDocument, type CodeListQuery } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { Empty, RuledLines } from '../sheet/Notice';
import { Table } from '../sheet/Table';
import { Tag } from '../sheet/Tag';
import { usePages } from '../sheet/use-pages';
import { officeZone } from '../shell/office';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateInput } from '../value/DateInput';
import { DateText } from '../value/DateText';
import { officeDay } from '../value/dates';
import { Words } from '../value/Words';
import './directory.css';

type List = NonNullable<CodeListQuery['codeList']>;

export function ListPage() {
  const { t } = useTranslation();
  const { name } = useParams({ from: '/administration/lists/$name' });
  const search = useSearch({ strict: false }) as { at?: string };
  return (
    <WithThing query={CodeListDocument} variables={{ name, at: search.at ?? null }} pick={(data) => data.codeList} list={{ to: '/administration/lists', label: t('directory.lists') }}>
      {(list, _, notice) => <Sheet key={list.name} list={list} at={search.at} notice={notice} />}
    </WithThing>
  );
}

/** A code list on a day: its codes in its own order, and its versions. */
function Sheet({ list, at, notice }: { list: List; at: string | undefined; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [retired, setRetired] = useState(false);
  const words = useSettled(typed);
  const today = officeDay(new Date(), officeZone);
  const { rows, data, more } = usePages(CodeValuesDocument, { list: list.name, search: words || null, retired, at: at ?? null, first: 200 }, (read) => read.codeValues);
  return (
    <DocumentPage
      title={inLanguage(list.title, language)}
      crumbs={useAdministrationCrumbs({ to: '/administration/lists', label: t('directory.lists') }, <BiText key="this" text={list.title} />)}
      beside={list.version && <span className="dw-chip"><bdi dir="ltr">{list.version.version}</bdi></span>}
      sections={<AdministrationSections />}
      acts={[]}
      notices={<>{notice}{at && at !== today && <p className="dw-strip dw-strip-then" role="note">{t('directory.thenDay')} <DateText day={at} form="prose" /></p>}</>}
      margin={
        <>
          <MarginFacts facts={[{ label: t('access.roleName'), value: <bdi dir="ltr">{list.name}</bdi> }, { label: t('directory.codes'), value: <Count of={list.count} /> }]} />
          <DateInput name="at" label={t('directory.asOf')} value={at ?? today} onChange={(day) => void navigate({ to: '.', search: { at: day && day !== today ? day : undefined } as never, replace: true })} />
          <section className="dw-margin-part">
            <h2>{t('directory.versions')}</h2>
            <ol className="dw-timeline">
              {list.versions.toReversed().map((one) => (
                <li key={one.version} aria-current={one.version === list.version?.version ? 'true' : undefined}>
                  <b><bdi dir="ltr">{one.version}</bdi></b>
                  <span>{t('access.from')} <DateText day={one.from} /></span>
                  {one.source && <span className="dw-quiet"><Words of={one.source} /></span>}
                </li>
              ))}
            </ol>
          </section>
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={inLanguage(list.title, language)}>
        <div className="dw-toolbar">
          <Input className="dw-condition" aria-label={t('list.find')} placeholder={t('list.find')} allowClear value={typed} onChange={(event) => setTyped(event.target.value)} />
          <Checkbox checked={retired} onChange={(event) => setRetired(event.target.checked)}>{t('directory.withRetired')}</Checkbox>
        </div>
        {!data && rows.length === 0 && <RuledLines rows={8} />}
        {data && rows.length === 0 && <Empty>{t('list.notFound', { text: words })}</Empty>}
        {rows.length > 0 && (
          <Table
            caption={inLanguage(list.title, language)}
            rows={rows}
            rowKey={(value) => value.code}
            more={more}
            columns={[
              { name: 'code', head: t('directory.code'), cell: (value) => <bdi dir="ltr" className="dw-figure">{value.code}</bdi> },
              { name: 'name', head: t('directory.meaning'), cell: (value) => <BiText text={value.name} /> },
              { name: 'parent', head: t('directory.under'), cell: (value) => <bdi dir="ltr">{value.parent}</bdi> },
              { name: 'more', head: t('directory.properties'), cell: (value) => value.attributes.map((one) => <span key={one.name} className="dw-chip"><bdi dir="ltr">{one.name}</bdi> <bdi>{one.value}</bdi></span>) },
              { name: 'from', head: t('access.since'), cell: (value) => <DateText day={value.from} /> },
              { name: 'state', head: t('list.state'), cell: (value) => value.retired && <Tag ink="midad">{t('directory.retired')} {value.replacedBy && <bdi dir="ltr">{value.replacedBy}</bdi>}</Tag> },
            ]}
          />
        )}
      </section>
    </DocumentPage>
  );
}
