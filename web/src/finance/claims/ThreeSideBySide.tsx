import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CommitmentDocument, InvoicesDocument } from '../../generated/graph';
import { DateText } from '../../value/DateText';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { sumMoney } from '../sum';
import type { Claim } from './ClaimPage';
import '../form.css';

/**
 * What was ordered, what was claimed of it before, and this claim: beside each other, with what does not fit named.
 * Receipts of goods join the middle column with the stores.
 */
export function ThreeSideBySide({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: CommitmentDocument, variables: { id: claim.commitment ?? '' }, pause: claim.commitment === null });
  const [{ data: others }] = useQuery({ query: InvoicesDocument, variables: { year: claim.year, payee: claim.payee?.id ?? null, first: 200 }, pause: claim.commitment === null });
  const commitment = data?.commitment;
  if (!commitment) return null;
  const earlier = (others?.invoices.nodes ?? []).filter((one) => one.commitment === claim.commitment && one.id !== claim.id && one.stateCode !== 'cancelled');
  const taken = earlier.filter((one) => one.stateCode === 'verified');
  const takenSum = sumMoney(taken.map((one) => one.total));
  const left = minorUnits(commitment.total) - minorUnits(takenSum) - minorUnits(claim.total);
  const twin = earlier.find((one) => one.number === claim.number || (one.invoiceDate === claim.invoiceDate && one.total.amount === claim.total.amount));
  const fact = (label: string, value: ReactNode) => <div><dt>{label}</dt><dd>{value}</dd></div>;
  const samePayee = commitment.payee?.id === claim.payee?.id;
  return (
    <section className="dw-sheet dw-paper" aria-label={t('claims.three')}>
      <div className="dw-pile">
        <div>
          <h2>{t('claims.ordered')}</h2>
          <dl className="dw-facts">
            {fact(t('kind.commitment'), <Link to="/finance/commitments/$id" params={{ id: commitment.id }}><Ref number={commitment.number} /></Link>)}
            {fact(t('commitments.reference'), <bdi dir="ltr">{commitment.reference || '—'}</bdi>)}
            {fact(t('list.date'), <DateText day={commitment.date} />)}
            {fact(t('commitments.total'), <Money value={commitment.total} strong />)}
          </dl>
        </div>
        <div>
          <h2>{t('claims.takenBefore')}</h2>
          {earlier.length === 0 && <p className="dw-quiet">{t('claims.none')}</p>}
          <dl className="dw-facts">
            {earlier.slice(0, 4).map((one) => (
              <div key={one.id}><dt><Link to="/finance/claims/$id" params={{ id: one.id }}><Ref number={one.number} /></Link></dt><dd><Money value={one.total} /></dd></div>
            ))}
            {fact(t('claims.takenSum'), <Money value={takenSum} strong />)}
          </dl>
        </div>
        <div>
          <h2>{t('claims.thisOne')}</h2>
          <dl className="dw-facts">
            {fact(t('claims.number'), <Ref number={claim.number} copies />)}
            {fact(t('claims.date'), <DateText day={claim.invoiceDate} />)}
            {fact(t('claims.total'), <Money value={claim.total} strong />)}
            <div className="dw-facts-total"><dt>{t('claims.leftAfter')}</dt><dd><Money value={fromMinor(left, claim.total.currency)} /></dd></div>
          </dl>
        </div>
      </div>
      <ul className="dw-checks">
        <Check good={samePayee} words={t(samePayee ? 'claims.check.payee' : 'claims.check.payeeDiffers')} />
        <Check good={left >= 0n} words={t(left >= 0n ? 'claims.check.within' : 'claims.check.beyond')} />
        <Check good={!twin} words={t(twin ? 'claims.check.twin' : 'claims.check.single', { number: twin?.number })} />
      </ul>
    </section>
  );
}

function Check({ good, words }: { good: boolean; words: string }) {
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <li className={good ? 'dw-available' : 'dw-low'}>
      <Icon className="dw-icon-small" aria-hidden="true" /> {words}
    </li>
  );
}
