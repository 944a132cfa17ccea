import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { ApproveReconciliationDocument, RetryStatementDocument, StatementDocument, type StatementQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { Count } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { Matched } from './Matched';
import { Matching } from './Matching';
import '../form.css';
import './treasury.css';

const list = { to: '/finance/statements', word: 'statements' } as const;
export type Statement = NonNullable<StatementQuery['statement']>;

export function StatementPage() {
  const { id } = useParams({ from: '/finance/statements/$id' });
  return (
    <WithDocument query={StatementDocument} id={id} pick={(data) => data.statement} list={list}>
      {(statement, again, notice) => <Standing key={statement.id} statement={statement} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A bank's statement beside the book: what is open on both sides, what was matched, and how far bank and book differ. */
function Standing({ statement, again, notice }: { statement: Statement; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const step = { id: statement.id, expected: statement.version };
  const reconciles = may('finance.bank.reconcile');
  const worked = statement.importedBy.id === me.id || statement.history.nodes.some((event) => event.actor.id === me.id);
  const open = statement.stateCode === 'accepted';
  const acts: PageAct[] = [];
  if (statement.stateCode === 'quarantined' && reconciles) acts.push({ name: 'retry', label: t('statements.act.retry'), run: () => void command.send('retry', RetryStatementDocument, step) });
  if (open && may('finance.bank.approve_reconciliation'))
    acts.push({
      name: 'approve', label: t('statements.act.approve'),
      ...(worked ? { blocked: t('statements.ownStep') } : statement.openLines > 0 ? { blocked: t('statements.linesOpen') } : {}),
      effect: <p>{t('statements.approveEffect')} <Money value={statement.closing} withCurrency strong /></p>,
      run: () => void command.send('approve', ApproveReconciliationDocument, step),
    });
  const steps: Step[] = [
    { name: 'imported', label: t('statements.step.imported'), state: statement.stateCode === 'quarantined' ? 'stopped' : 'done', by: statement.importedBy },
    { name: 'matched', label: t('statements.step.matched'), state: statement.stateCode === 'reconciled' || (open && statement.openLines === 0) ? 'done' : open ? 'now' : 'later', post: t('statements.reconciler') },
    { name: 'approved', label: t('statements.step.approved'), state: statement.stateCode === 'reconciled' ? 'done' : open && statement.openLines === 0 ? 'now' : 'later', by: statement.approvedBy, post: t('role.accounts') },
  ];
  const title = t('statements.title', { number: inFamily(statement.number || '—', family) });
  const set = statement.reconciliation;
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, title)}
      beside={<Tag ink={inkOf(statement.stateCode)}><BiText text={statement.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={
        <>
          {notice}
          <OutcomeNotice command={command} reread={again} />
          {statement.reasons.map((reason) => <p key={reason.code} className="dw-strip" role="note"><BiText text={reason.message} /></p>)}
        </>
      }
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('accounts.account'), value: <BiText text={statement.treasuryName} /> },
              { label: t('statements.period'), value: <><DateText day={statement.from} /> – <DateText day={statement.to} /></> },
              { label: t('statements.format'), value: <bdi dir="ltr">{statement.format}</bdi> },
              { label: t('statements.opening'), value: <Money value={statement.opening} /> },
              { label: t('statements.closing'), value: <Money value={statement.closing} withCurrency strong /> },
            ]}
          />
          {set && (
            <dl className="dw-facts" aria-label={t('accounts.difference')}>
              <div><dt>{t('accounts.bank')}</dt><dd><Money value={set.bank} /></dd></div>
              <div><dt>{t('accounts.book')}</dt><dd><Money value={set.book} /></dd></div>
              <div className="dw-facts-total"><dt>{t('accounts.difference')}</dt><dd><Money value={set.difference} tone={minorUnits(set.difference) === 0n ? 'available' : 'low'} /></dd></div>
              <div><dt>{t('statements.notInBook')}</dt><dd><Money value={set.openLines} /></dd></div>
              <div><dt>{t('statements.notAtBank')} (<Count of={BigInt(set.entryCount)} />)</dt><dd><Money value={set.openEntries} /></dd></div>
            </dl>
          )}
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
          <Timeline events={statement.history.nodes} />
        </>
      }
    >
      <Matching statement={statement} works={open && reconciles} command={command} />
      <Matched statement={statement} works={open && reconciles} command={command} />
    </DocumentPage>
  );
}
