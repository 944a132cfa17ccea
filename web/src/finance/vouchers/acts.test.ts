import { describe, expect, it } from 'vitest';
import { changedSince, needsSpendingOfficer, offers, ownStage, type Voucher } from './acts';

const signer = (id: string) => ({ id, name: { ar: id, en: id } });
const voucher = (part: Partial<Voucher>): Voucher =>
  ({ stateCode: 'audit', preparedBy: signer('rana'), auditedBy: null, approvedBy: [], paidBy: null, ...part }) as Voucher;
const holding = (...permissions: string[]) => (permission: string) => permissions.includes(permission);

describe('acts on a voucher', () => {
  it('are absent for those who never take the step', () => {
    expect(offers(voucher({}), 'nour', holding('finance.read'))).toEqual([]);
    expect(offers(voucher({ stateCode: 'approval' }), 'omar', holding('finance.voucher.audit'))).toEqual([]);
  });

  it('end with the primary one, the return before it', () => {
    expect(offers(voucher({}), 'omar', holding('finance.voucher.audit')).map((offer) => offer.act)).toEqual(['return', 'audit']);
    expect(offers(voucher({ stateCode: 'treasury' }), 'lina', holding('finance.voucher.pay')).map((offer) => offer.act)).toEqual(['return', 'pay']);
  });

  it('are named but held back where the person already signed a step', () => {
    const both = holding('finance.voucher.prepare', 'finance.voucher.audit');
    expect(offers(voucher({}), 'rana', both)).toEqual([{ act: 'audit', blocked: 'ownStep' }]);
    expect(offers(voucher({ stateCode: 'spending_officer', approvedBy: [signer('huda')] }), 'huda', holding('finance.voucher.approve_above'))).toEqual([{ act: 'approve', blocked: 'ownStep' }]);
  });

  it('are reversal, never deletion, once paid', () => {
    expect(offers(voucher({ stateCode: 'paid' }), 'mazen', holding('finance.voucher.reverse'))).toEqual([{ act: 'reverse' }]);
  });

  it('open the worklist that waits for the person', () => {
    expect(ownStage(holding('finance.voucher.audit'))).toBe('audit');
    expect(ownStage(holding('finance.voucher.pay'))).toBe('treasury');
    expect(ownStage(holding('finance.voucher.prepare'))).toBe('returned');
    expect(ownStage(holding('finance.read'))).toBeUndefined();
  });
});

const jod = (amount: string) => ({ amount, currency: 'JOD' });
const rules = { from: '2026-01-01', bankChangeDays: 7, bankItems: [], deductions: [], limits: [{ role: 'finance_manager', limit: jod('10000.000') }] };

describe('the path of a voucher', () => {
  it('asks the spending officer only above what the finance manager approves finally', () => {
    expect(needsSpendingOfficer(voucher({ gross: jod('10000.000') }), rules)).toBe(false);
    expect(needsSpendingOfficer(voucher({ gross: jod('10000.001') }), rules)).toBe(true);
    expect(needsSpendingOfficer(voucher({ gross: jod('1.000'), stateCode: 'spending_officer' }), undefined)).toBe(true);
  });

  it('tells that the voucher was written anew after a signature', () => {
    const happened = (...types: string[]) => types.map((type, at) => ({ type: `finance.voucher_${type}`, version: String(types.length - at) }));
    expect(changedSince(happened('revised', 'returned', 'audited', 'prepared'))).toBe(true);
    expect(changedSince(happened('revised', 'returned', 'prepared'))).toBe(false);
    expect(changedSince(happened('audited', 'prepared'))).toBe(false);
  });
});
