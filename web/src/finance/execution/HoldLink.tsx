import { Link } from '@tanstack/react-router';
import type { HoldsQuery } from '../../generated/graph';
import { Ref } from '../../value/Ref';

type Hold = HoldsQuery['holds']['nodes'][number];

/** The document that holds money, by its number; one without a number is opened by a word. */
export function HoldLink({ hold }: { hold: Pick<Hold, 'kind' | 'document' | 'number' | 'stateCode'> }) {
  const id = hold.document;
  const shown = hold.number === '' ? '—' : <Ref number={hold.number} />;
  if (hold.kind === 'RESERVATION') return <Link to="/finance/reservations/$id" params={{ id }}>{shown}</Link>;
  if (hold.kind === 'COMMITMENT') return <Link to="/finance/commitments/$id" params={{ id }}>{shown}</Link>;
  if (hold.stateCode.startsWith('voucher_')) return <Link to="/finance/vouchers/$id" params={{ id }}>{shown}</Link>;
  return <Link to="/finance/claims/$id" params={{ id }}>{shown}</Link>;
}
