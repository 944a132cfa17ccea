import type { Ink } from '../../sheet/Tag';

/** The ink of a preparation's stage: what is law is official, the rest waits. */
export const inkOfCycle = (stage: string): Ink => (stage === 'enacted' ? 'lazward' : 'maghra');

/** The ink of a request's state. */
export const inkOfRequest = (state: string): Ink => ({ submitted: 'maghra', returned: 'zunjufr', approved: 'zinjar', enacted: 'lazward' } as const)[state] ?? 'midad';
