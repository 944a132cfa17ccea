import { expect, it } from 'vitest';
import { addressOf, alike, inboxSearch, type Item } from './items';

const item = (kind: string, step: string) => ({ kind, step }) as Item;

it('a document opens where its kind lives', () => {
  expect(addressOf('voucher', 'v1')).toBe('/finance/vouchers/v1');
  expect(addressOf('bank_account', 'p1/2')).toBe('/finance/payees/p1');
  expect(addressOf('letter', 'l1')).toBeUndefined();
});

it('only the same step of one kind is decided together', () => {
  expect(alike([item('voucher', 'audit'), item('voucher', 'audit')])).toBe(true);
  expect(alike([item('voucher', 'audit'), item('voucher', 'approve')])).toBe(false);
  expect(alike([])).toBe(false);
});

it('an address names a pile or none', () => {
  expect(inboxSearch({ pile: 'SIGN' })).toEqual({ pile: 'SIGN' });
  expect(inboxSearch({ pile: 'ALL' })).toEqual({});
});
