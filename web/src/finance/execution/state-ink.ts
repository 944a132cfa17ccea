import type { Ink } from '../../sheet/Tag';

const inks: Readonly<Record<string, Ink>> = {
  active: 'lazward', verified: 'lazward', posted: 'lazward', paid: 'lazward', sealed: 'lazward',
  approved: 'zinjar', matched: 'zinjar',
  held: 'maghra', prepared: 'maghra', submitted: 'maghra', audited: 'maghra', audit: 'maghra', spending_officer: 'maghra', scheduled: 'maghra', treasury: 'maghra', multi_year: 'maghra', expiring: 'maghra',
  overdue: 'zunjufr', disputed: 'zunjufr', returned: 'zunjufr', rejected: 'zunjufr', refused: 'zunjufr', reversed: 'zunjufr',
};

/** The ink of a document's state: lapis for what is official, ochre for what waits, cinnabar for what is refused. */
export const inkOf = (state: string): Ink => inks[state.toLowerCase()] ?? 'midad';
