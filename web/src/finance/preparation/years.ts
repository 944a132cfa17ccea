import { fromMinor, minorUnits, readAmount, type MoneyValue } from '../../value/money';

/** Amounts of the budget year and the two after it. */
export type Years = readonly [bigint, bigint, bigint];

export const none: Years = [0n, 0n, 0n];

export const yearsOf = (amounts: readonly MoneyValue[]): Years => [0, 1, 2].map((at) => (amounts[at] ? minorUnits(amounts[at]) : 0n)) as unknown as Years;

export const added = (...all: readonly Years[]): Years => [0, 1, 2].map((at) => all.reduce((sum, one) => sum + one[at]!, 0n)) as unknown as Years;

export const moneyOf = (years: Years, currency: string): MoneyValue[] => years.map((units) => fromMinor(units, currency));

/** What is typed for three years; what cannot be read counts as nothing, and the grid says why. */
export const typedYears = (cells: readonly (string | undefined)[], currency: string): Years =>
  [0, 1, 2].map((at) => {
    const read = readAmount(cells[at] ?? '', currency);
    return 'value' in read ? minorUnits(read.value) : 0n;
  }) as unknown as Years;

interface CeilingOf {
  chapter: { code: string };
  programme?: { code: string } | null;
  economic?: string | null;
  amounts: readonly MoneyValue[];
}

/** The ceiling that holds for a place, if one is set for exactly it. */
export const ceilingOf = (ceilings: readonly CeilingOf[], chapter: string, programme?: string): Years | undefined => {
  const found = ceilings.find((one) => one.chapter.code === chapter && (one.programme?.code ?? undefined) === programme && !one.economic);
  return found && yearsOf(found.amounts);
};
