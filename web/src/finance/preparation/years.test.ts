import { expect, it } from 'vitest';
import { added, ceilingOf, typedYears, yearsOf } from './years';

const jod = (amount: string) => ({ amount, currency: 'JOD' });

it('adds three years apart', () => {
  expect(added(yearsOf([jod('1.500'), jod('2.000')]), [500n, 0n, 1n])).toEqual([2000n, 2000n, 1n]);
});

it('counts what is typed, in either digits, and nothing for what is no amount', () => {
  expect(typedYears(['١٫٥٠٠', 'x', ''], 'JOD')).toEqual([1500n, 0n, 0n]);
});

it('finds the ceiling of exactly one place', () => {
  const ceilings = [
    { chapter: { code: '2501' }, programme: null, economic: 'CAPITAL', amounts: [jod('1.000')] },
    { chapter: { code: '2501' }, programme: null, economic: null, amounts: [jod('9.000'), jod('9.000'), jod('9.000')] },
    { chapter: { code: '2501' }, programme: { code: '4401' }, economic: null, amounts: [jod('4.000')] },
  ];
  expect(ceilingOf(ceilings, '2501')?.[0]).toBe(9000n);
  expect(ceilingOf(ceilings, '2501', '4401')?.[0]).toBe(4000n);
  expect(ceilingOf(ceilings, '2501', '4402')).toBeUndefined();
});
