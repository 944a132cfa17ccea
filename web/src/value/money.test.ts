import { describe, expect, it } from 'vitest';
import { figure, fromMinor, minorUnits, moneyText, readAmount, shareInTenths } from './money';

const jod = (amount: string) => ({ amount, currency: 'JOD' });

describe('money', () => {
  it('is exact to the fils past what a float can hold', () => {
    expect(minorUnits(jod('9223372036854775.807'))).toBe(9_223_372_036_854_775_807n);
    expect(fromMinor(9_223_372_036_854_775_807n, 'JOD')).toEqual(jod('9223372036854775.807'));
    expect(moneyText(jod('9007199254740993.001'), 'latin')).toBe('9,007,199,254,740,993.001');
  });

  it('always shows the decimals of its own currency', () => {
    expect(moneyText(jod('0'), 'latin')).toBe('0.000');
    expect(moneyText({ amount: '12.5', currency: 'USD' }, 'latin')).toBe('12.50');
    expect(moneyText({ amount: '1200', currency: 'JPY' }, 'latin')).toBe('1,200');
  });

  it('puts a true minus in front and calls no zero negative', () => {
    expect(moneyText(jod('-1240.500'), 'latin')).toBe('\u22121,240.500');
    expect(figure(-0n, 3, 'latin').negative).toBe(false);
    expect(moneyText(jod('-0.400'), 'latin', 'thousand')).toBe('0.000');
  });

  it('writes Arabic-Indic digits with their own separators', () => {
    expect(moneyText(jod('1234567.500'), 'arabic')).toBe('١٬٢٣٤٬٥٦٧٫٥٠٠');
  });

  it('shows thousands to the whole dinar', () => {
    expect(moneyText(jod('21973021.500'), 'latin', 'thousand')).toBe('21,973.022');
    expect(moneyText(jod('47700000.000'), 'latin', 'thousand')).toBe('47,700.000');
  });

  it('refuses text that is no amount of the currency', () => {
    for (const amount of ['1.2345', '1e3', '', 'NaN', '1,000.000']) expect(() => minorUnits(jod(amount))).toThrow(/not an amount/);
  });

  it('goes to minor units and back unchanged, for every size', () => {
    for (let step = 0n, units = 1n; step < 60n; step += 1n, units = (units * 31n + 7n) % 10n ** 18n) {
      expect(minorUnits(fromMinor(units, 'JOD'))).toBe(units);
      expect(minorUnits(fromMinor(-units, 'JOD'))).toBe(-units);
    }
  });
});

describe('a typed amount', () => {
  it('is read in both digit families and with both separators', () => {
    for (const typed of ['100.5', '١٠٠٫٥٠٠', '100,500'.replace(',500', '.500'), ' ١٠٠٫٥ ', '\u200f١٠٠٫٥\u200f', '۱۰۰٫۵']) {
      expect(readAmount(typed, 'JOD'), typed).toEqual({ value: jod('100.500') });
    }
    expect(readAmount('1,234,567.000', 'JOD')).toEqual({ value: jod('1234567.000') });
    expect(readAmount('١٬٢٣٤٬٥٦٧', 'JOD')).toEqual({ value: jod('1234567.000') });
  });

  it('with a fourth decimal is refused, never rounded', () => {
    expect(readAmount('10.0005', 'JOD')).toEqual({ refusal: 'precision' });
    expect(readAmount('10.0000', 'JOD')).toEqual({ refusal: 'precision' });
  });

  it('of letters, wrong groups or beyond the ledger is refused', () => {
    expect(readAmount('', 'JOD')).toEqual({ refusal: 'empty' });
    for (const typed of ['abc', '1,23', '1.2.3', '1e18', '--5']) expect(readAmount(typed, 'JOD'), typed).toEqual({ refusal: 'text' });
    expect(readAmount('99999999999999999', 'JOD')).toEqual({ refusal: 'size' });
  });
});

describe('a share', () => {
  it('is counted in tenths of a percent, half up', () => {
    expect(shareInTenths(21_973_021_500n, 47_700_000_000n)).toBe(461n);
    expect(shareInTenths(1n, 3n)).toBe(333n);
    expect(shareInTenths(-1n, 2n)).toBe(-500n);
    expect(shareInTenths(5n, 0n)).toBeUndefined();
  });
});
