import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { AdvanceDocument, ApproveAdvanceDocument, IssueAdvanceDocument, RefuseAdvanceDocument, ReturnAdvanceCashDocument, type AdvanceQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { AmountDialog } from './AmountDialog';
import { ProposeSettlement } from './ProposeSettlement';
import { Settlements } from './Settlements';

const list = { to: '/finance/advances', word: 'advances' } as const;
export type Advance = NonNullable<AdvanceQuery['advance']>;

export function AdvancePage() {
  const { id } = useParams({ from: '/finance/advances/$id' });
  return (
    <WithDocument query={AdvanceDocument} id={id} pick={(data) => data.advance} list={list}>
      {(advance, again, notice) => <Standing key={advance.id} advance={advance} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** An advance (سلفة): who asked, approved and paid; what it was spent on, what came back, what is still owed. */
function Standing({ advance, again, notice }: { advance: Advance; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const [asking, setAsking] = useState<'cash' | 'settle'>();
  const step = { id: advance.id, expected: advance.version };
  const signed = [advance.requestedBy, advance.approvedBy, advance.issuedBy].some((signer) => signer?.id === me.id);
  const own = signed ? { blocked: t('advances.ownStep') } : {};
  const acts: PageAct[] = [];
  if (advance.stateCode === 'requested' && may('finance.voucher.approve')) {
    if (!signed) acts.push({ name: 'refuse', label: t('advances.act.refuse'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('refuse', RefuseAdvanceDocument, { ...step, reason: reason ?? null }) });
    acts.push({ name: 'approve', label: t('advances.act.approve'), ...own, run: () => void command.send('approve', ApproveAdvanceDocument, step) });
  }
  if (advance.stateCode === 'approved' && may('finance.voucher.pay')) acts.push({ name: 'issue', label: t('advances.act.issue'), ...own, asks: { reference: true }, effect: <p>{t('advances.issueEffect')} <Money value={advance.amount} withCurrency strong /></p>, run: ({ reference }) => void command.send('issue', IssueAdvanceDocument, { ...step, reference: reference ?? null }) });
  if (advance.stateCode === 'out') {
    if (may('finance.voucher.pay')) acts.push({ name: 'cash', label: t('advances.act.cash'), run: () => setAsking('cash') });
    if (may('finance.voucher.prepare')) acts.push({ name: 'settle', label: t('advances.act.settle'), run: () => setAsking('settle') });
  }
  const state = advance.stateCode;
  const steps: Step[] = [
    { name: 'requested', label: t('advances.step.requested'), state: 'done', by: advance.requestedBy },
    { name: 'approved', label: t('advances.step.approved'), state: state === 'refused' ? 'stopped' : state === 'requested' ? 'now' : 'done', by: advance.approvedBy, post: t('role.finance_manager') },
    { name: 'issued', label: t('advances.step.issued'), state: state === 'approved' ? 'now' : state === 'out' || state === 'settled' ? 'done' : 'later', by: advance.issuedBy, post: t('role.treasury') },
    { name: 'settled', label: t('advances.step.settled'), state: state === 'out' ? 'now' : state === 'settled' ? 'done' : 'later' },
  ];
  const title = advance.number ? t('advances.title', { number: inFamily(advance.number, family) }) : t('advances.untitled');
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, advance.number ? <Ref key="this" number={advance.number} /> : t('list.unnumbered'))}
      beside={<Tag ink={inkOf(state)}><BiText text={advance.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={
        <>
          {notice}
          <OutcomeNotice command={command} reread={again} />
          {advance.overdue > 0 && <p className="dw-strip" role="note">{t('advances.isOverdue', { count: advance.overdue, n: inFamily(String(advance.overdue), family) })}</p>}
        </>
      }
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              ...(advance.payee ? [{ label: t('advances.holder'), value: <BiText text={advance.payee.name} /> }] : []),
              { label: t('list.date'), value: <DateText day={advance.date} form="prose" /> },
              ...(advance.due ? [{ label: t('advances.due'), value: <DateText day={advance.due} form="prose" /> }] : []),
              { label: t('lines.amount'), value: <Money value={advance.amount} /> },
              { label: t('advances.outstanding'), value: <Money value={advance.outstanding} withCurrency strong /> },
              { label: t('advances.waiting'), value: <Money value={advance.waiting} /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
          <Timeline events={advance.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div><dt>{t('advances.kind')}</dt><dd>{t(`advances.kinds.${advance.kind}`)}</dd></div>
          <div className="dw-wide"><dt>{t('advances.purpose')}</dt><dd><Words of={advance.purpose} /></dd></div>
          {advance.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={advance.reason} /></dd></div>}
        </dl>
        <p className="dw-in-words" lang="ar" dir="rtl">{advance.inWords}</p>
        <Settlements advance={advance} command={command} />
      </section>
      {asking === 'cash' && (
        <AmountDialog
          title={t('advances.act.cash')}
          currency={advance.amount.currency}
          fact={<>{t('advances.outstanding')} <Money value={advance.outstanding} withCurrency /></>}
          reference
          leave={() => setAsking(undefined)}
          done={({ amount, reference }) => {
            setAsking(undefined);
            void command.send('cash', ReturnAdvanceCashDocument, { ...step, amount, reference });
          }}
        />
      )}
      {asking === 'settle' && <ProposeSettlement advance={advance} command={command} leave={() => setAsking(undefined)} />}
    </DocumentPage>
  );
}
