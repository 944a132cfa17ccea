import type { Ink } from '../../sheet/Tag';

const inks: Readonly<Record<string, Ink>> = {
  open: 'lazward', posted: 'lazward', paid: 'lazward', certified: 'lazward', settled: 'lazward', reconciled: 'lazward', received: 'lazward',
  approved: 'zinjar', verified: 'zinjar',
  held: 'maghra', proposed: 'maghra', submitted: 'maghra', registered: 'maghra',
  audit: 'maghra', approval: 'maghra', spending_officer: 'maghra', treasury: 'maghra', scheduled: 'maghra', built: 'maghra', accepted: 'maghra', requested: 'maghra', asked: 'maghra', out: 'maghra',
  disputed: 'zunjufr', quarantined: 'zunjufr', refused: 'zunjufr', returned: 'zunjufr', rejected: 'zunjufr', reversed: 'zunjufr',
};

/** The ink of a document's state: lapis for what is official, ochre for what waits, cinnabar for what is refused. */
export const inkOf = (state: string): Ink => inks[state.replace(/^(voucher|invoice)_/, '')] ?? 'midad';
