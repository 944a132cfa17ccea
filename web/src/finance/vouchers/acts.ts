import type { PayingRulesQuery, VoucherQuery } from '../../generated/graph';
import { minorUnits } from '../../value/money';
import type { Stage } from './search';

export type Voucher = NonNullable<VoucherQuery['voucher']>;
export type PayingRules = NonNullable<PayingRulesQuery['payingRules']>;
export type ActName = 'audit' | 'approve' | 'pay' | 'return' | 'cancel' | 'reverse' | 'revise' | 'refund';

/** An act offered on a voucher, or held back for a reason that can be said. */
export interface Offer {
  act: ActName;
  blocked?: 'ownStep' | 'bankWaits';
}

const steps: Readonly<Partial<Record<Stage, { act: ActName; permission: string; returns: boolean }>>> = {
  audit: { act: 'audit', permission: 'finance.voucher.audit', returns: true },
  approval: { act: 'approve', permission: 'finance.voucher.approve', returns: true },
  spending_officer: { act: 'approve', permission: 'finance.voucher.approve_above', returns: true },
  treasury: { act: 'pay', permission: 'finance.voucher.pay', returns: true },
};

/**
 * The acts to show, primary last. What the person may never do here is absent; what only the separation of duties
 * holds back is named with its reason. The server decides again, with the same rules.
 */
export function offers(voucher: Voucher, me: string, may: (permission: string) => boolean): Offer[] {
  const stage = voucher.stateCode as Stage;
  const step = steps[stage];
  if (step && may(step.permission)) {
    if (signers(voucher).has(me)) return [{ act: step.act, blocked: 'ownStep' }];
    return [...(step.returns ? [{ act: 'return' as const }] : []), { act: step.act }];
  }
  if (stage === 'returned' && may('finance.voucher.prepare')) return [{ act: 'cancel' }, { act: 'revise' }];
  if (stage === 'paid' && may('finance.voucher.reverse')) return [{ act: 'reverse' }];
  return [];
}

const signers = (voucher: Voucher): Set<string> =>
  new Set([voucher.preparedBy, voucher.auditedBy, ...voucher.approvedBy, voucher.paidBy].flatMap((signer) => (signer ? [signer.id] : [])));

/** The worklist that waits for this person: the first stage whose step they may take. */
export function ownStage(may: (permission: string) => boolean): Stage | undefined {
  const waiting = (Object.keys(steps) as Stage[]).find((stage) => may(steps[stage]!.permission));
  return waiting ?? (may('finance.voucher.prepare') ? 'returned' : undefined);
}

/** Whether the spending officer's signature will be needed: the gross is above what the finance manager approves finally. */
export function needsSpendingOfficer(voucher: Pick<Voucher, 'gross' | 'stateCode' | 'approvedBy'>, rules: PayingRules | null | undefined): boolean {
  if (voucher.stateCode === 'spending_officer' || voucher.approvedBy.length > 1) return true;
  const limit = rules?.limits.find((one) => one.role === 'finance_manager')?.limit;
  return limit !== undefined && limit !== null && minorUnits(voucher.gross) > minorUnits(limit);
}

/** What of a voucher a preparer may have changed when it came back; told to whoever approves after that. */
export function changedSince(events: readonly { type: string; version: string }[]): boolean {
  const revised = events.findIndex((event) => event.type === 'finance.voucher_revised');
  return revised >= 0 && events.slice(revised + 1).some((event) => event.type === 'finance.voucher_audited' || event.type === 'finance.voucher_approved');
}
