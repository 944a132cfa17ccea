import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AdministrationList } from '../administration/AdministrationList';
import { CommandDialog } from '../administration/CommandDialog';
import type { WorkColumn } from '../archetype/worklist/columns';
import { CodeValuesDocument, ProposeTermDocument, TermsDocument, type ProposeTermInput, type TermHeadFragment, type TermState } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Tag, type Ink } from '../sheet/Tag';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { TermsPages } from './TermsPages';

export const termInks: Record<TermState, Ink> = { PROPOSED: 'maghra', AGREED: 'lazward', REJECTED: 'zunjufr', SUPERSEDED: 'midad', MERGED: 'midad' };
const states: readonly TermState[] = ['PROPOSED', 'AGREED', 'REJECTED', 'SUPERSEDED', 'MERGED'];

/** Agreed terms (المصطلحات): proposals with their votes, what was agreed, what took its place. */
export function TermsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { find?: string; state?: string };
  const [proposing, setProposing] = useState(false);
  const open = (id: string) => void navigate({ to: '/administration/terms/$id', params: { id } });
  const columns = useMemo<WorkColumn<TermHeadFragment>[]>(
    () => [
      { name: 'name', head: t('directory.term'), width: 220, cell: (row) => <Link tabIndex={-1} to="/administration/terms/$id" params={{ id: row.id }}><BiText text={row.name} /></Link>, value: (row) => inLanguage(row.name, language) },
      { name: 'other', head: t('directory.otherLanguage'), width: 180, cell: (row) => <bdi lang={language === 'ar' ? 'en' : 'ar'}>{row.name[language === 'ar' ? 'en' : 'ar']}</bdi> },
      { name: 'definition', head: t('directory.definition'), width: 380, grow: true, cell: (row) => <BiText text={row.definition} /> },
      { name: 'state', head: t('list.state'), width: 150, cell: (row) => <Tag ink={termInks[row.state]}><BiText text={row.stateName} /></Tag>, group: (row) => inLanguage(row.stateName, language) },
      { name: 'votes', head: t('directory.votes'), width: 130, cell: (row) => row.voters > 0 && <bdi dir="ltr" className="dw-figure"><Count of={row.votesFor} />{' / '}<Count of={row.voters} /></bdi> },
      { name: 'closes', head: t('directory.closes'), width: 140, cell: (row) => <DateText day={row.decided ?? row.closes} />, value: (row) => row.decided ?? row.closes ?? '' },
    ],
    [t, language],
  );
  return (
    <>
      <AdministrationList
        name="terms"
        title={t('directory.terms')}
        query={TermsDocument}
        variables={{ state: (search.state as TermState | undefined) ?? null, search: search.find ?? null }}
        pick={(data) => data.terms}
        columns={columns}
        rowKey={(row) => row.id}
        open={(row) => open(row.id)}
        conditions={[{ name: 'find', label: t('list.find'), always: true }, { name: 'state', label: t('list.state'), always: true, options: states.map((state) => ({ value: state, label: t(`directory.state.${state}`) })) }]}
        empty={t('directory.empty.terms')}
        narrowed={search.find !== undefined || search.state !== undefined}
        beside={<TermsPages />}
        acts={may('directory.term.propose') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => setProposing(true)}>{t('directory.act.propose')}</Button>}
        card={(row) => (
          <Link to="/administration/terms/$id" params={{ id: row.id }}>
            <span className="dw-card-top"><b><BiText text={row.name} /></b> <Tag ink={termInks[row.state]}><BiText text={row.stateName} /></Tag></span>
            <span><BiText text={row.definition} /></span>
          </Link>
        )}
      />
      {proposing && <Propose leave={() => setProposing(false)} done={open} />}
    </>
  );
}

function Propose({ leave, done }: { leave: () => void; done: (id: string) => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [{ data }] = useQuery({ query: CodeValuesDocument, variables: { list: 'term_domain', search: null, retired: false, at: null, first: 100, after: null } });
  const words = (text: string | undefined) => (text ?? '').split(/[،,]/).map((word) => word.trim()).filter(Boolean);
  return (
    <CommandDialog<ProposeTermInput>
      act={t('directory.act.propose')}
      document={ProposeTermDocument}
      questions={[
        { name: 'name.ar', label: t('directory.termAr'), as: 'text' },
        { name: 'name.en', label: t('directory.termEn'), as: 'latin' },
        { name: 'domain', label: t('directory.domain'), as: 'choice', options: (data?.codeValues.nodes ?? []).map((value) => ({ value: value.code, label: inLanguage(value.name, language) })) },
        { name: 'body', label: t('directory.forBody'), as: 'unit' },
        { name: 'definition.ar', label: t('directory.definitionAr'), as: 'long' },
        { name: 'definition.en', label: t('directory.definitionEn'), as: 'long' },
        { name: 'synonymsAr', label: t('directory.synonymsAr'), as: 'text', hint: t('directory.commas') },
        { name: 'synonymsEn', label: t('directory.synonymsEn'), as: 'latin', hint: t('directory.commas') },
      ]}
      input={(answers) => ({
        domain: answers['domain'] ?? '', body: answers['body'] ?? '',
        name: { ar: answers['name.ar'] ?? '', en: answers['name.en'] ?? '' },
        definition: { ar: answers['definition.ar'] ?? '', en: answers['definition.en'] ?? '' },
        synonymsAr: words(answers['synonymsAr']), synonymsEn: words(answers['synonymsEn']),
      })}
      leave={leave}
      done={done}
    />
  );
}
