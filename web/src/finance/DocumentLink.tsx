import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import type { LinkedDocument } from '../archetype/document/Linked';
import { CommitmentDocument, InvoiceDocument, JournalDocument, ReservationDocument, VoucherDocument } from '../generated/graph';
import { Tag } from '../sheet/Tag';
import { BiText } from '../value/BiText';
import { Money } from '../value/Money';
import { Ref } from '../value/Ref';
import { inkOf } from './execution/state-ink';
import { useTranslation } from 'react-i18next';

type Kind = 'reservation' | 'commitment' | 'claim' | 'voucher' | 'journal';

/** The documents that lead to this one or come from it, with their amounts and states; what cannot be read is left out. */
export function useLinked(wanted: readonly { kind: Kind; id: string | null | undefined }[]): LinkedDocument[] {
  const { t } = useTranslation();
  const idOf = (kind: Kind) => wanted.find((one) => one.kind === kind)?.id ?? '';
  const pause = (kind: Kind) => idOf(kind) === '';
  const [reservation] = useQuery({ query: ReservationDocument, variables: { id: idOf('reservation') }, pause: pause('reservation') });
  const [commitment] = useQuery({ query: CommitmentDocument, variables: { id: idOf('commitment') }, pause: pause('commitment') });
  const [claim] = useQuery({ query: InvoiceDocument, variables: { id: idOf('claim') }, pause: pause('claim') });
  const [voucher] = useQuery({ query: VoucherDocument, variables: { id: idOf('voucher') }, pause: pause('voucher') });
  const [journal] = useQuery({ query: JournalDocument, variables: { id: idOf('journal') }, pause: pause('journal') });
  const found = {
    reservation: pause('reservation') ? null : reservation.data?.reservation,
    commitment: pause('commitment') ? null : commitment.data?.commitment,
    claim: pause('claim') ? null : claim.data?.invoice,
    voucher: pause('voucher') ? null : voucher.data?.voucher,
    journal: pause('journal') ? null : journal.data?.journal,
  };
  return wanted.flatMap(({ kind }): LinkedDocument[] => {
    const document = found[kind];
    if (!document) return [];
    const amount = 'net' in document ? document.net : document.total;
    const number = <Ref number={document.number || '—'} />;
    const params = { id: document.id };
    const link = {
      reservation: () => <Link to="/finance/reservations/$id" params={params}>{number}</Link>,
      commitment: () => <Link to="/finance/commitments/$id" params={params}>{number}</Link>,
      claim: () => <Link to="/finance/claims/$id" params={params}>{number}</Link>,
      voucher: () => <Link to="/finance/vouchers/$id" params={params}>{number}</Link>,
      journal: () => <Link to="/finance/journals/$id" params={params}>{number}</Link>,
    }[kind]();
    return [{ name: `${kind} ${document.id}`, kind: t(`kind.${kind}`), link, amount: <Money value={amount} />, state: <Tag ink={inkOf(document.stateCode)}><BiText text={document.state} /></Tag> }];
  });
}
