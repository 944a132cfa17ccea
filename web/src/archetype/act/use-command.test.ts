import { describe, expect, it } from 'vitest';
import { outcomeOf } from './use-command';

const document = { kind: 'VOUCHER', id: '1', number: '00001/2026', state: { ar: 'أ', en: 'a' }, stateCode: 'audit', version: '2' };
const refusal = { code: 'finance.budget_insufficient', message: 'لا يكفي', path: 'lines.0.amount', details: [] };

describe('the answer to a command', () => {
  it('is done, refused, in conflict or unknown, and never a false success', () => {
    expect(outcomeOf('approve', { approveVoucher: { position: '9', problems: [], document } })).toEqual({ kind: 'done', act: 'approve', answer: document });
    expect(outcomeOf('reserve', { reserveFunds: { position: null, problems: [refusal], document: null } })).toMatchObject({ kind: 'refused' });
    expect(outcomeOf('approve', undefined)).toEqual({ kind: 'unknown' });
    expect(outcomeOf('approve', { approveVoucher: { position: null, problems: [], document: null } })).toEqual({ kind: 'unknown' });
  });

  it('tells what happened meanwhile when the document has moved', () => {
    const moved = { code: 'conflict', message: 'تغيّر', path: null, details: [], expected: '2', actual: '3', changed: [{ type: 'finance.voucher_returned', version: '3', actor: 'omar', at: '2026-11-22T11:02:00Z' }] };
    const outcome = outcomeOf('approve', { approveVoucher: { position: null, problems: [moved], document: null } });
    expect(outcome).toMatchObject({ kind: 'conflict', conflict: { actual: '3' } });
  });

  it('asks for a fresh proof where the act needs one, in the ways the person has', () => {
    const held = { message: 'تأكيد الهوية', extensions: { code: 'step_up_required', means: ['totp', 'passkey'] } };
    expect(outcomeOf('approve', undefined, [held])).toEqual({ kind: 'stepUp', means: ['totp', 'passkey'] });
    const none = { message: 'يلزم عامل ثانٍ', extensions: { code: 'second_factor_missing' } };
    expect(outcomeOf('approve', undefined, [none])).toMatchObject({ kind: 'refused', problems: [{ message: 'يلزم عامل ثانٍ' }] });
  });
});
