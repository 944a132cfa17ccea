import type { InboxQuery, InboxSection } from '../generated/graph';

export type Item = InboxQuery['inbox']['nodes'][number];

/** The piles of the inbox in their order; "read" is what happened, kept apart. */
export const sections = ['APPROVE', 'SIGN', 'COMPLETE', 'READ'] as const;
export type Pile = (typeof sections)[number];

export interface InboxSearch {
  pile?: Pile;
}

export function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const pile = sections.find((known) => known === search['pile']);
  return pile ? { pile } : {};
}

export const sectionOf = (pile: Pile): InboxSection | undefined => (pile === 'READ' ? undefined : pile);

const folders: Readonly<Record<string, string>> = {
  voucher: 'vouchers', invoice: 'claims', order: 'orders', virement: 'virements', reservation: 'reservations',
  commitment: 'commitments', journal: 'journals', payee: 'payees',
};

/** Where a document opens; a bank account opens with its payee, a period with the closing. */
export function addressOf(kind: string, document: string): string | undefined {
  if (kind === 'bank_account') return `/finance/payees/${document.split('/')[0]}`;
  if (kind === 'period') return '/finance/closing';
  if (kind === 'segment') return undefined;
  if (kind === 'emergency') return `/administration/emergencies/${document}`;
  if (kind === 'body' || kind === 'unit') return `/administration/bodies/${document}`;
  if (kind === 'post') return `/administration/posts/${document}`;
  if (kind === 'person') return `/administration/people/${document}`;
  const folder = folders[kind];
  return folder && `/finance/${folder}/${document}`;
}

/** Items that may be decided together: the same step of the same kind. */
export const alike = (items: readonly Item[]): boolean => new Set(items.map((item) => `${item.kind} ${item.step}`)).size === 1;
