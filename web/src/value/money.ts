import { decimalMark, grouped, inFamily, toLatin, type DigitFamily } from './digits';

/** Money as the server sends it: exact decimals as text, and the currency's code. */
export interface MoneyValue {
  amount: string;
  currency: string;
}

/** The unit a sheet is shown in; stated in its head, never mixed. */
export type Unit = 'one' | 'thousand';

const exponents: Readonly<Record<string, number>> = {
  JOD: 3, KWD: 3, BHD: 3, OMR: 3, TND: 3, IQD: 3, LYD: 3, JPY: 0, KRW: 0, DJF: 0, KMF: 0,
};

/** Decimals of a currency; most have two. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** The amount in minor units (fils). Text that is not an exact amount of the currency is a programming error. */
export function minorUnits({ amount, currency }: MoneyValue): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  const exponent = exponentOf(currency);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > exponent) throw new Error(`not an amount in ${currency}: ${amount}`);
  const units = BigInt(match[2] + fraction.padEnd(exponent, '0'));
  return match[1] === '-' ? -units : units;
}

/** Back to the form the server reads. */
export function fromMinor(units: bigint, currency: string): MoneyValue {
  const exponent = exponentOf(currency);
  const text = absolute(units).toString().padStart(exponent + 1, '0');
  const whole = text.slice(0, text.length - exponent);
  const fraction = exponent === 0 ? '' : '.' + text.slice(-exponent);
  return { amount: (units < 0n ? '-' : '') + whole + fraction, currency };
}

export const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

/** What a person reads: the sign apart, the grouped whole, and the fraction with its mark. */
export interface Figure {
  negative: boolean;
  whole: string;
  fraction: string;
}

/** In thousands the last three digits that remain are whole dinars, rounded half away from zero; the exact amount stays one press away. */
export function figure(units: bigint, exponent: number, family: DigitFamily, unit: Unit = 'one'): Figure {
  const shown = unit === 'thousand' ? rounded(absolute(units), power(exponent)) : absolute(units);
  const decimals = unit === 'thousand' ? 3 : exponent;
  const whole = shown / power(decimals);
  const rest = (shown % power(decimals)).toString().padStart(decimals, '0');
  return {
    negative: units < 0n && shown !== 0n,
    whole: grouped(whole, family),
    fraction: decimals === 0 ? '' : decimalMark[family] + inFamily(rest, family),
  };
}

const rounded = (n: bigint, by: bigint): bigint => (n + by / 2n) / by;

/** The same as one line of text, for messages and labels. */
export function moneyText(value: MoneyValue, family: DigitFamily, unit: Unit = 'one'): string {
  const { negative, whole, fraction } = figure(minorUnits(value), exponentOf(value.currency), family, unit);
  return (negative ? '\u2212' : '') + whole + fraction;
}

/** part ÷ whole in tenths of a percent, rounded half up; nothing of nothing has no share. */
export function shareInTenths(part: bigint, whole: bigint): bigint | undefined {
  if (whole === 0n) return undefined;
  const share = rounded(absolute(part) * 1000n, absolute(whole));
  return part < 0n !== whole < 0n ? -share : share;
}

export type AmountRefusal = 'empty' | 'text' | 'precision' | 'size';

/** Reads a typed amount in either digit family. One decimal more than the currency has is refused, never rounded. */
export function readAmount(text: string, currency: string): { value: MoneyValue } | { refusal: AmountRefusal } {
  const typed = toLatin(text).replace(/[\s\u00a0]/g, '').replace(/\u2212/g, '-');
  if (typed === '') return { refusal: 'empty' };
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(typed);
  if (!match) return { refusal: 'text' };
  const exponent = exponentOf(currency);
  const fraction = match[3] ?? '';
  if (fraction.length > exponent) return { refusal: 'precision' };
  const units = BigInt(match[2]!.replaceAll(',', '') + fraction.padEnd(exponent, '0'));
  if (units > 9_223_372_036_854_775_807n) return { refusal: 'size' };
  return { value: fromMinor(match[1] === '-' ? -units : units, currency) };
}
