import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { Linked, type LinkedDocument } from '../../archetype/document/Linked';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { CommitmentDocument, InvoicesDocument, ReleaseCommitmentDocument, type CommitmentQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { DocumentLines } from '../DocumentLines';
import { useLinked } from '../DocumentLink';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { AmendDialog } from './AmendDialog';
import { useState } from 'react';

const list = { to: '/finance/commitments', word: 'commitments' } as const;
export type Commitment = NonNullable<CommitmentQuery['commitment']>;

export function CommitmentPage() {
  const { id } = useParams({ from: '/finance/commitments/$id' });
  return (
    <WithDocument query={CommitmentDocument} id={id} pick={(data) => data.commitment} list={list}>
      {(commitment, again, notice) => <Sheet key={commitment.id} commitment={commitment} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** The claims made on a commitment, the newest first. */
function useClaims(commitment: Commitment): LinkedDocument[] {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: InvoicesDocument, variables: { year: commitment.year, payee: commitment.payee?.id ?? null, first: 200 } });
  return (data?.invoices.nodes ?? []).filter((claim) => claim.commitment === commitment.id).map((claim) => ({
    name: claim.id,
    kind: t('kind.claim'),
    link: <Link to="/finance/claims/$id" params={{ id: claim.id }}><Ref number={claim.number} /></Link>,
    amount: <Money value={claim.total} />,
    state: <Tag ink={inkOf(claim.stateCode)}><BiText text={claim.state} /></Tag>,
  }));
}

/** A commitment: what it binds, what claims have taken of it, what is outstanding. */
function Sheet({ commitment, again, notice }: { commitment: Commitment; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const [amending, setAmending] = useState(false);
  const made = useLinked([{ kind: 'reservation', id: commitment.reservation }]);
  const claims = useClaims(commitment);
  const open = commitment.stateCode === 'open';
  const claimed = minorUnits(commitment.total) - minorUnits(commitment.outstanding);

  const acts: PageAct[] = [
    ...(open && may('finance.commitment.record')
      ? [
          { name: 'release', label: t('commitments.act.release'), asks: { reason: true }, effect: <p>{t('commitments.releaseEffect')} <Money value={commitment.outstanding} withCurrency /></p>, run: ({ reason }: { reason?: string }) => void command.send('release', ReleaseCommitmentDocument, { id: commitment.id, expected: commitment.version, reason: reason ?? '' }) },
          { name: 'amend', label: t('commitments.act.amend'), run: () => setAmending(true) },
        ]
      : []),
    ...(open && may('finance.invoice.register') ? [{ name: 'claim', label: t('claims.new'), run: () => void navigate({ to: '/finance/claims/new', search: { commitment: commitment.id } }) }] : []),
  ];
  const steps: Step[] = [
    { name: 'opened', label: t('commitments.step.opened'), state: 'done', by: commitment.openedBy },
    { name: 'claimed', label: t('commitments.step.claimed'), state: claimed > 0n ? 'done' : open ? 'now' : 'later', post: t('role.preparer') },
    commitment.stateCode === 'released'
      ? { name: 'released', label: t('states.released'), state: 'stopped' }
      : { name: 'used', label: t('commitments.step.used'), state: open ? (claimed > 0n ? 'now' : 'later') : 'done' },
  ];
  const title = t('commitments.title', { number: inFamily(commitment.number, family) });
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, <Ref key="this" number={commitment.number} />)}
      beside={<Tag ink={inkOf(commitment.stateCode)}><BiText text={commitment.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              ...(commitment.payee ? [{ label: t('list.payee'), value: <Link to="/finance/payees/$id" params={{ id: commitment.payee.id }}><BiText text={commitment.payee.name} /></Link> }] : []),
              ...(commitment.reference ? [{ label: t('commitments.reference'), value: <bdi dir="ltr">{commitment.reference}</bdi> }] : []),
              { label: t('list.date'), value: <DateText day={commitment.date} form="prose" /> },
              { label: t('list.openedBy'), value: <Person name={commitment.openedBy.name} /> },
            ]}
          />
          <Path steps={steps} />
          <Timeline events={commitment.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('commitments.subject')}</dt><dd><Words of={commitment.subject} /></dd></div>
        </dl>
        <DocumentLines caption={t('lines.title')} lines={commitment.lines} year={commitment.year} totalWord={t('commitments.total')} total={commitment.total} />
        <dl className="dw-facts">
          <div><dt>{t('commitments.claimed')}</dt><dd><Money value={fromMinor(claimed, commitment.total.currency)} /></dd></div>
          <div className="dw-facts-total"><dt>{t('commitments.outstanding')}</dt><dd><Money value={commitment.outstanding} withCurrency /></dd></div>
        </dl>
        <Linked made={made} makes={claims} />
      </section>
      {amending && <AmendDialog commitment={commitment} command={command} leave={() => setAmending(false)} />}
    </DocumentPage>
  );
}
