import { exponentOf, fromMinor, type MoneyValue } from '../../value/money';
import { toLatin } from '../../value/digits';

// A formula of a cell, exact to the last unit: whole numbers of 10^-12 inside, no floats. What does not come out
// in the currency's own decimals is refused, never rounded.

const scale = 12n;
const unit = 10n ** scale;

export type FormulaAnswer = { value: MoneyValue } | { refusal: 'formula' | 'precision' | 'size' | 'division' };

class Refusal extends Error {
  constructor(readonly why: 'formula' | 'precision' | 'size' | 'division') {
    super(why);
  }
}

/** `=1000*3 + 250.5/2`, in either digit family. */
export function evaluate(text: string, currency: string): FormulaAnswer {
  const source = toLatin(text).replace(/^\s*=/, '').replace(/[×]/g, '*').replace(/[÷]/g, '/').replace(/\u2212/g, '-').replace(/,/g, '');
  const tokens = source.match(/\d+(?:\.\d+)?|[-+*/()]|\S/g) ?? [];
  let at = 0;
  const next = () => tokens[at];
  const sum = (): bigint => {
    let value = product();
    while (next() === '+' || next() === '-') value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const product = (): bigint => {
    let value = single();
    while (next() === '*' || next() === '/') value = tokens[at++] === '*' ? exactly(value * single(), unit) : divided(value, single());
    return value;
  };
  const single = (): bigint => {
    const token = tokens[at++];
    if (token === '-') return -single();
    if (token === '(') {
      const inner = sum();
      if (tokens[at++] !== ')') throw new Refusal('formula');
      return inner;
    }
    if (token === undefined || !/^\d/.test(token)) throw new Refusal('formula');
    const [whole, fraction = ''] = token.split('.');
    if (fraction.length > Number(scale)) throw new Refusal('precision');
    return BigInt(whole! + fraction.padEnd(Number(scale), '0'));
  };
  try {
    const value = sum();
    if (at !== tokens.length) throw new Refusal('formula');
    const smallest = 10n ** (scale - BigInt(exponentOf(currency)));
    if (value % smallest !== 0n) throw new Refusal('precision');
    const units = value / smallest;
    if (units > 9_223_372_036_854_775_807n || units < -9_223_372_036_854_775_807n) throw new Refusal('size');
    return { value: fromMinor(units, currency) };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { refusal: refusal.why };
    throw refusal;
  }
}

function exactly(value: bigint, by: bigint): bigint {
  if (value % by !== 0n) throw new Refusal('precision');
  return value / by;
}

function divided(value: bigint, by: bigint): bigint {
  if (by === 0n) throw new Refusal('division');
  return exactly(value * unit, by);
}
