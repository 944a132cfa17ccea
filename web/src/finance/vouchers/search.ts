/** Stages of a voucher, in the order it passes them. */
export const stages = ['audit', 'approval', 'spending_officer', 'treasury', 'paid', 'returned', 'cancelled', 'reversed'] as const;
export type Stage = (typeof stages)[number];

/** Which worklist is on screen; `all` is every stage. */
export interface VouchersSearch {
  stage?: Stage | 'all';
}

export function vouchersSearch(search: Record<string, unknown>): VouchersSearch {
  const stage = ([...stages, 'all'] as const).find((known) => known === search['stage']);
  return stage ? { stage } : {};
}
