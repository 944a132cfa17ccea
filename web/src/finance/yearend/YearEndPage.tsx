import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, type Step } from '../../archetype/document/Margin';
import { ConfirmAdjustmentsDocument, RunYearCloseDocument, SignFinalAccountDocument, YearCloseDocument, type YearCloseQuery } from '../../generated/graph';
import { jobBegan } from '../../jobs/use-jobs';
import { useViews } from '../../live/use-live';
import { usePreferences } from '../../preferences/preferences';
import { commandId } from '../../session/command-id';
import { useSession } from '../../session/session';
import { RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Tag } from '../../sheet/Tag';
import { useFinanceScope } from '../../shell/finance-scope';
import { inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';
import { Blockers } from './Blockers';
import { FinalAccount } from './FinalAccount';
import { StartClose } from './StartClose';
import { Undecided } from './Undecided';
import '../form.css';

export type YearClose = NonNullable<YearCloseQuery['yearClose']>;

/** Steps that wait for a person's word; see the titles of the steps. */
const adjustments = 5;
const final = 10;

/** The close of a fiscal year: what stands in its way, whose turn it is, what it proved. */
export function YearEndPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const { year } = useFinanceScope();
  const [{ data, error }, ask] = useQuery({ query: YearCloseDocument, variables: { year } });
  const again = () => ask({ requestPolicy: 'network-only' });
  useViews(['finance_year_end', 'finance_document'], again);
  const title = t('yearend.title', { year: inFamily(String(year), family) });
  if (data?.yearClose) return <Sheet close={data.yearClose} title={title} again={again} />;
  return (
    <Page title={title} crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]} sections={<FinanceSections />}>
      <div className="dw-toolbar"><Kinds section="books" here="yearEnd" /></div>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        {!error && data === undefined && <RuledLines />}
        {data && <p>{t('yearend.notStarted')}</p>}
        {data && (may('finance.year.close') ? <StartClose year={year} again={again} /> : <p className="dw-quiet">{t('yearend.whoMay')}</p>)}
      </section>
    </Page>
  );
}

function Sheet({ close, title, again }: { close: YearClose; title: string; again: () => void }) {
  const { t } = useTranslation();
  const { family, language } = usePreferences();
  const { me, may } = useSession();
  const client = useClient();
  const command = useCommand();
  const [told, setTold] = useState<readonly string[]>([]);
  const finished = close.done === final;
  const next = close.done + 1;
  const n = (number: number) => inFamily(String(number), family);
  const run = async () => {
    const answer = await client.mutation(RunYearCloseDocument, { input: { command: commandId(), year: close.year } }).toPromise();
    const act = answer.data?.runYearClose;
    setTold(act?.problems.map((problem) => problem.message) ?? [t('state.error')]);
    if (act?.job) jobBegan(act.job.id, false);
  };
  const confirmed = (number: number) => close.steps[number - 1]?.confirmedBy;
  const acts: PageAct[] = [];
  if (!finished && may('finance.year.close')) {
    if (next === adjustments && !confirmed(adjustments)) acts.push({ name: 'adjusted', label: t('yearend.act.adjusted'), effect: <p>{t('yearend.adjustedEffect')}</p>, run: () => void command.send('adjusted', ConfirmAdjustmentsDocument, { year: close.year }) });
    acts.push({ name: 'run', label: t('yearend.act.run'), run: () => void run() });
  }
  if (!finished && next === final && close.account && !confirmed(final) && may('finance.year.sign')) {
    acts.push({ name: 'sign', label: t('yearend.act.sign'), ...(close.startedBy === me.id ? { blocked: t('yearend.ownClose') } : {}), effect: <p>{t('yearend.signEffect', { year: n(close.year) })}</p>, run: () => void command.send('sign', SignFinalAccountDocument, { year: close.year }) });
  }
  const steps: Step[] = close.steps.map((step) => ({
    name: String(step.number), label: inLanguage(step.title, language), state: step.state === 'DONE' ? 'done' : step.state === 'NEXT' ? 'now' : 'later',
  }));
  return (
    <DocumentPage
      title={title}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]}
      beside={<Tag ink={finished ? 'lazward' : 'maghra'}>{finished ? t('yearend.finished') : t('yearend.progress', { done: n(close.done), of: n(final) })}</Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={
        <>
          <OutcomeNotice command={command} reread={again} />
          {told.map((sentence) => <p key={sentence} role="alert" className="dw-strip">{sentence}</p>)}
        </>
      }
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('yearend.policy'), value: t(`yearend.policies.${close.policy}`) },
              { label: t('yearend.rule'), value: t(`yearend.rules.${close.rule}`) },
              { label: t('yearend.stopFrom'), value: <DateText day={close.stopFrom} form="prose" /> },
              { label: t('yearend.complementary'), value: <DateText day={close.complementary} form="prose" /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <Kinds section="books" here="yearEnd" />
        {!finished && <Blockers close={close} again={again} />}
        {close.undecided > 0 && <Undecided close={close} again={again} />}
        {close.account && <FinalAccount account={close.account} />}
      </section>
    </DocumentPage>
  );
}
