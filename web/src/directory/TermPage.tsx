import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministrationSections } from '../administration/Sections';
import { CommandDialog } from '../administration/CommandDialog';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { WithThing } from '../administration/WithThing';
import { OutcomeNotice } from '../archetype/act/OutcomeNotice';
import { useCommand } from '../archetype/act/use-command';
import { DocumentPage } from '../archetype/document/DocumentPage';
import { MarginFacts, Moment } from '../archetype/document/Margin';
import { CommentOnTermDocument, DecideTermDocument, TermDocument, VoteOnTermDocument, type TermQuery, type VoteChoice, type VoteOnTermInput } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { useSession } from '../session/session';
import { Tag } from '../sheet/Tag';
import { BiText, inLanguage } from '../value/BiText';
import { Count } from '../value/Count';
import { DateText } from '../value/DateText';
import { Words } from '../value/Words';
import { termInks } from './TermsPage';
import './directory.css';

type One = NonNullable<TermQuery['term']>;
const choices: readonly VoteChoice[] = ['FOR', 'AGAINST', 'ABSTAIN'];

export function TermPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/administration/terms/$id' });
  return (
    <WithThing query={TermDocument} variables={{ id }} pick={(data) => data.term} list={{ to: '/administration/terms', label: t('directory.terms') }}>
      {(term, again, notice, data) => <Sheet key={term.id} term={term} steps={data.termSteps.nodes} again={again} notice={notice} />}
    </WithThing>
  );
}

/** A term: its wording in both languages, how the bodies voted, what they remarked. */
function Sheet({ term, steps, again, notice }: { term: One; steps: TermQuery['termSteps']['nodes']; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const command = useCommand();
  const [speaking, setSpeaking] = useState<'vote' | 'comment'>();
  const open = term.state === 'PROPOSED';
  const figures = [['votesFor', term.votesFor], ['votesAgainst', term.votesAgainst], ['abstaining', term.abstaining], ['voters', term.voters]] as const;
  return (
    <DocumentPage
      title={inLanguage(term.name, language)}
      crumbs={useAdministrationCrumbs({ to: '/administration/terms', label: t('directory.terms') }, <BiText key="this" text={term.name} />)}
      beside={<Tag ink={termInks[term.state]}><BiText text={term.stateName} /></Tag>}
      sections={<AdministrationSections />}
      acting={command.acting}
      acts={
        open
          ? [
              ...(may('directory.term.vote') ? [{ name: 'comment', label: t('directory.act.comment'), run: () => setSpeaking('comment') }] : []),
              ...(may('directory.term.decide') ? [{ name: 'decide', label: t('directory.act.decide'), effect: <p>{t('directory.decideEffect')}</p>, run: () => void command.send('decide', DecideTermDocument, { id: term.id }) }] : []),
              ...(may('directory.term.vote') ? [{ name: 'vote', label: t('directory.act.vote'), run: () => setSpeaking('vote') }] : []),
            ]
          : []
      }
      notices={<>{notice}<OutcomeNotice command={command} reread={again} />{term.next && <p className="dw-strip" role="note">{t('directory.ledOn')} <Link to="/administration/terms/$id" params={{ id: term.next }}>{t('directory.nextTerm')}</Link></p>}</>}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('directory.proposedBy'), value: <bdi>{term.body}</bdi> },
              { label: t('directory.proposed'), value: <DateText day={term.proposed} /> },
              { label: t('directory.closes'), value: <DateText day={term.closes} /> },
              ...(term.decided ? [{ label: t('directory.decided'), value: <DateText day={term.decided} /> }] : []),
              ...(term.source ? [{ label: t('directory.source'), value: <Words of={term.source} /> }] : []),
            ]}
          />
          <section className="dw-margin-part">
            <h2>{t('document.timeline')}</h2>
            <ol className="dw-timeline">
              {steps.toReversed().map((step) => (
                <li key={`${step.version} ${step.kind}`}>
                  <b>{t(`directory.step.${step.kind}`, { defaultValue: step.kind })}{step.choice && `: ${t(`directory.choice.${step.choice.toUpperCase()}`)}`}</b>
                  <span><bdi>{step.body}</bdi></span>
                  {step.remark && <q className="dw-reason"><Words of={step.remark} /></q>}
                  <span className="dw-quiet"><bdi>{step.person}</bdi> · <Moment at={step.at} /></span>
                </li>
              ))}
            </ol>
          </section>
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={inLanguage(term.name, language)}>
        <dl className="dw-fields">
          <div><dt>{t('directory.termAr')}</dt><dd lang="ar" dir="rtl">{term.name.ar}</dd></div>
          <div><dt>{t('directory.termEn')}</dt><dd lang="en" dir="ltr">{term.name.en}</dd></div>
          <div><dt>{t('directory.definitionAr')}</dt><dd lang="ar" dir="rtl">{term.definition.ar || '—'}</dd></div>
          <div><dt>{t('directory.definitionEn')}</dt><dd lang="en" dir="ltr">{term.definition.en || '—'}</dd></div>
          {term.synonymsAr.length > 0 && <div><dt>{t('directory.synonymsAr')}</dt><dd lang="ar">{term.synonymsAr.join('، ')}</dd></div>}
          {term.synonymsEn.length > 0 && <div><dt>{t('directory.synonymsEn')}</dt><dd lang="en">{term.synonymsEn.join(', ')}</dd></div>}
        </dl>
      </section>
      <section className="dw-sheet dw-ruled dw-paper" aria-labelledby="votes">
        <h2 id="votes">{t('directory.votes')}</h2>
        <dl className="dw-votes">{figures.map(([name, n]) => <div key={name}><dt>{t(`directory.${name}`)}</dt><dd><Count of={n} /></dd></div>)}</dl>
      </section>
      {speaking && (
        <CommandDialog<VoteOnTermInput>
          act={t(`directory.act.${speaking}`)}
          document={speaking === 'vote' ? VoteOnTermDocument : CommentOnTermDocument}
          questions={[
            { name: 'body', label: t('directory.forBody'), as: 'unit', hint: t('directory.forBodyHint') },
            ...(speaking === 'vote' ? [{ name: 'choice', label: t('directory.theVote'), as: 'choice', wide: true, options: choices.map((choice) => ({ value: choice, label: t(`directory.choice.${choice}`) })) } as const] : []),
            { name: 'text', label: t('directory.remark'), as: 'long' },
          ]}
          input={(answers) => ({ id: term.id, body: answers['body'] ?? '', text: answers['text'] || null, ...(speaking === 'vote' ? { choice: (answers['choice'] || null) as VoteChoice | null } : {}) })}
          leave={() => setSpeaking(undefined)}
        />
      )}
    </DocumentPage>
  );
}
