import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { BudgetCycleDocument, BudgetRequestsDocument, ConsolidateBudgetDocument, EnactBudgetDocument, LockBudgetDocument, type BudgetCycleQuery, type RequestHeadFragment } from '../../generated/graph';
import { useViews } from '../../live/use-live';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Person } from '../../value/Person';
import { Words } from '../../value/Words';
import { FinanceSections } from '../FinanceSections';
import { Asked } from './Asked';
import { CeilingForm } from './CeilingForm';
import { Drafts } from './Drafts';
import { inkOfCycle } from './inks';

export type Cycle = NonNullable<BudgetCycleQuery['budgetCycle']>;

/** One year's budget in preparation. */
export function CyclePage() {
  const { t } = useTranslation();
  const { year } = useParams({ from: '/finance/preparation/$year' });
  const variables = { year: Number(year) };
  const [{ data, error }, ask] = useQuery({ query: BudgetCycleDocument, variables });
  const [{ data: asked }, askRequests] = useQuery({ query: BudgetRequestsDocument, variables: { ...variables, chapter: null, first: 200, after: null } });
  const again = () => {
    ask({ requestPolicy: 'network-only' });
    askRequests({ requestPolicy: 'network-only' });
  };
  useViews(['finance_cycle'], again);
  if (data?.budgetCycle) return <Sheet cycle={data.budgetCycle} requests={asked?.budgetRequests.nodes ?? []} again={again} />;
  return (
    <Page title={t('preparation.title')} crumbs={[<Link key="list" to="/finance/preparation">{t('preparation.title')}</Link>]} sections={<FinanceSections />}>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled">
        {!error && data === undefined && <RuledLines />}
        {data && <Empty act={<Link to="/finance/preparation">{t('preparation.title')}</Link>}>{t('state.notFound')}</Empty>}
      </section>
    </Page>
  );
}

function Sheet({ cycle, requests, again }: { cycle: Cycle; requests: readonly RequestHeadFragment[]; again: () => void }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const step = { year: cycle.year, expected: cycle.version };
  const open = cycle.stateCode === 'open';
  const newest = cycle.drafts[0]?.version ?? 0;
  const made = cycle.drafts[0]?.madeBy;
  const waiting = requests.filter((request) => request.stateCode !== 'approved').length;
  const inDraft = (request: RequestHeadFragment) => cycle.drafts.some((part) => part.version === newest && part.chapter.code === request.chapter.code && part.programme.code === request.programme.code && part.round === request.round);
  const approved = requests.filter((request) => request.stateCode === 'approved');
  const changed = approved.some((request) => !inDraft(request));
  const acts: PageAct[] = [];
  if (open && may('finance.budget.prepare')) {
    const waits = waiting > 0 ? t('preparation.waiting', { count: waiting, n: inFamily(String(waiting), family) }) : newest === 0 ? t('preparation.noDraft') : changed ? t('preparation.notInDraft') : undefined;
    acts.push({ name: 'lock', label: t('preparation.act.lock'), ...(waits ? { blocked: waits } : {}), effect: <p>{t('preparation.lockEffect', { version: inFamily(String(newest), family) })}</p>, run: () => void command.send('lock', LockBudgetDocument, step) });
    if (changed || approved.length === 0) acts.push({ name: 'consolidate', label: t('preparation.act.consolidate'), ...(changed ? {} : { blocked: t('preparation.nothingApproved') }), run: () => void command.send('consolidate', ConsolidateBudgetDocument, step) });
  }
  if (cycle.stateCode === 'locked' && may('finance.budget.enact')) {
    acts.push({ name: 'enact', label: t('preparation.act.enact'), ...(made?.id === me.id ? { blocked: t('preparation.ownDraft') } : {}), asks: { text: t('preparation.law') }, effect: <p>{t('preparation.enactEffect', { year: inFamily(String(cycle.year), family) })}</p>, run: ({ text }) => void command.send('enact', EnactBudgetDocument, { ...step, law: text ?? '' }) });
  }
  const steps: Step[] = [
    { name: 'circular', label: t('preparation.step.circular'), state: 'done', by: cycle.issuedBy },
    { name: 'requests', label: t('preparation.step.requests'), state: open && newest === 0 ? 'now' : 'done', post: t('preparation.step.bodies') },
    { name: 'draft', label: t('preparation.step.draft'), state: open ? (newest > 0 ? 'now' : 'later') : 'done', by: made },
    { name: 'cabinet', label: t('preparation.step.cabinet'), state: open ? 'later' : cycle.stateCode === 'locked' ? 'now' : 'done' },
    { name: 'law', label: t('preparation.step.law'), state: cycle.stateCode === 'enacted' ? 'done' : 'later' },
  ];
  const title = t('preparation.of', { year: inFamily(String(cycle.year), family) });
  return (
    <DocumentPage
      title={title}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/preparation">{t('preparation.title')}</Link>, inFamily(String(cycle.year), family)]}
      beside={<Tag ink={inkOfCycle(cycle.stateCode)}><BiText text={cycle.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<OutcomeNotice command={command} reread={again} />}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('preparation.deadline'), value: <DateText day={cycle.deadline} form="prose" /> },
              { label: t('preparation.issuedBy'), value: <Person name={cycle.issuedBy.name} /> },
              { label: t('preparation.ceilings'), value: t(cycle.strict ? 'preparation.strictly' : 'preparation.withReason') },
              ...(cycle.law ? [{ label: t('preparation.law'), value: <Words of={cycle.law} /> }] : []),
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
          <Timeline events={cycle.history.nodes.filter((event) => event.type !== 'finance.budget_request_counted')} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <p><Words of={cycle.subject} /></p>
        <Asked cycle={cycle} requests={requests} />
        {open && may('finance.budget.prepare') && <CeilingForm cycle={cycle} />}
        <Drafts cycle={cycle} />
      </section>
    </DocumentPage>
  );
}
