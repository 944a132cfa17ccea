import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { Linked } from '../../archetype/document/Linked';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { CancelInvoiceDocument, DisputeInvoiceDocument, InvoiceDocument, VerifyInvoiceDocument, type InvoiceQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { DocumentLines } from '../DocumentLines';
import { useLinked } from '../DocumentLink';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { HoldersOf } from '../lines/HoldersOf';
import { WithDocument } from '../WithDocument';
import { ThreeSideBySide } from './ThreeSideBySide';

const list = { to: '/finance/claims', word: 'claims' } as const;
export type Claim = NonNullable<InvoiceQuery['invoice']>;

export function ClaimPage() {
  const { id } = useParams({ from: '/finance/claims/$id' });
  return (
    <WithDocument query={InvoiceDocument} id={id} pick={(data) => data.invoice} list={list}>
      {(claim, again, notice) => <Sheet key={claim.id} claim={claim} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A claim beside what was ordered and what was taken of it: verified, disputed, or ended. */
function Sheet({ claim, again, notice }: { claim: Claim; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const made = useLinked([{ kind: 'commitment', id: claim.commitment }]);
  const makes = useLinked([{ kind: 'voucher', id: claim.voucher }, { kind: 'journal', id: claim.journal }]);
  const step = { id: claim.id, expected: claim.version };
  const own = claim.registeredBy.id === me.id;
  const waits = claim.stateCode === 'registered' || claim.stateCode === 'disputed';

  const acts: PageAct[] = [];
  if (waits && may('finance.invoice.register')) acts.push({ name: 'cancel', label: t('claims.act.cancel'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('cancel', CancelInvoiceDocument, { ...step, reason: reason! }) });
  if (waits && may('finance.invoice.verify')) {
    if (claim.stateCode === 'registered' && !own) acts.push({ name: 'dispute', label: t('claims.act.dispute'), asks: { reason: true, phrases: [t('claims.phrase.quantity'), t('claims.phrase.price'), t('claims.phrase.receipt')] }, run: ({ reason }) => void command.send('dispute', DisputeInvoiceDocument, { ...step, reason: reason! }) });
    acts.push({ name: 'verify', label: t('claims.act.verify'), ...(own ? { blocked: t('claims.ownStep') } : {}), run: () => void command.send('verify', VerifyInvoiceDocument, step) });
  }
  if (claim.stateCode === 'verified' && claim.voucher === null && may('finance.voucher.prepare')) acts.push({ name: 'prepare', label: t('vouchers.new'), run: () => void navigate({ to: '/finance/vouchers/new', search: { claim: claim.id } }) });

  const stopped = claim.stateCode === 'disputed' || claim.stateCode === 'cancelled';
  const steps: Step[] = [
    { name: 'registered', label: t('claims.step.registered'), state: 'done', by: claim.registeredBy },
    { name: 'verified', label: t('claims.step.verified'), state: claim.verifiedBy ? 'done' : stopped ? 'stopped' : 'now', by: claim.verifiedBy, post: t('role.auditor') },
    { name: 'voucher', label: t('claims.step.voucher'), state: claim.voucher ? 'done' : claim.stateCode === 'verified' ? 'now' : 'later', post: t('role.preparer') },
  ];
  const title = t('claims.title', { number: inFamily(claim.number, family) });
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, <Ref key="this" number={claim.number} />)}
      beside={<Tag ink={inkOf(claim.stateCode)}><BiText text={claim.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} next={(problem) => <HoldersOf problem={problem} year={claim.year} />} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              ...(claim.payee ? [{ label: t('claims.fromWhom'), value: <Link to="/finance/payees/$id" params={{ id: claim.payee.id }}><BiText text={claim.payee.name} /></Link> }] : []),
              { label: t('claims.receivedOn'), value: <DateText day={claim.receivedOn} /> },
              { label: t('claims.dueOn'), value: <DateText day={claim.dueOn} form="prose" /> },
              { label: t('list.openedBy'), value: <Person name={claim.registeredBy.name} /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined && ['verify', 'prepare'].includes(act.name))} />
          <Timeline events={claim.history.nodes} />
        </>
      }
    >
      <ThreeSideBySide claim={claim} />
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          {claim.narration && <div className="dw-wide"><dt>{t('claims.narration')}</dt><dd><Words of={claim.narration} /></dd></div>}
          {claim.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={claim.reason} /></dd></div>}
        </dl>
        <DocumentLines caption={t('lines.title')} lines={claim.lines} year={claim.year} totalWord={t('claims.total')} total={claim.total} />
        <p className="dw-hidden"><Money value={claim.total} withCurrency /></p>
        <Linked made={made} makes={makes} />
      </section>
    </DocumentPage>
  );
}
