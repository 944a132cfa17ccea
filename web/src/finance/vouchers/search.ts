/** Stages of a voucher, in the order it passes them. */
export const stages = ['audit', 'approval', 'spending_officer', 'treasury', 'scheduled', 'paid', 'returned', 'cancelled', 'reversed'] as const;
export type Stage = (typeof stages)[number];
