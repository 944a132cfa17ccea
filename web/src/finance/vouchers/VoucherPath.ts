import type { Step } from '../../archetype/document/Margin';
import { needsSpendingOfficer, type PayingRules, type Voucher } from './acts';

/** The path of a voucher: who signed, whose turn it is, who comes after; the second approval only where the amount asks for it. */
export function voucherSteps(voucher: Voucher, rules: PayingRules | null | undefined, t: (key: string) => string): Step[] {
  const stage = voucher.stateCode;
  const [first, second] = voucher.approvedBy;
  const ended = stage === 'cancelled' || stage === 'returned';
  const later = (name: string, label: string, post: string, now: boolean, by: Step['by']): Step => ({
    name, label, post, by, state: by ? 'done' : now ? 'now' : 'later',
  });
  const steps: Step[] = [
    { name: 'prepared', label: t('vouchers.step.prepared'), state: ended ? 'stopped' : 'done', by: voucher.preparedBy },
    later('audited', t('vouchers.step.audited'), t('role.auditor'), stage === 'audit', voucher.auditedBy),
    later('approved', t('vouchers.step.approved'), t('role.finance_manager'), stage === 'approval', first),
    ...(needsSpendingOfficer(voucher, rules) ? [later('spending', t('vouchers.step.spending'), t('role.spending_officer'), stage === 'spending_officer', second)] : []),
    later('paid', t('vouchers.step.paid'), t('role.treasury'), stage === 'treasury', voucher.paidBy),
  ];
  if (stage === 'returned') steps[0] = { ...steps[0]!, state: 'now' };
  if (stage === 'reversed') steps.push({ name: 'reversed', label: t('states.reversed'), state: 'stopped' });
  return steps;
}
