import { describe, expect, it } from 'vitest';
import { offers, ownStage, type Voucher } from './acts';

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
    expect(offers(voucher({ stateCode: 'treasury' }), 'lina', holding('finance.voucher.pay')).map((offer) => offer.act)).toEqual(['pay']);
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
