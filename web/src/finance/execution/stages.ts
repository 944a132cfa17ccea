import type { StagesFragment } from '../../generated/graph';
import { fromMinor, minorUnits, shareInTenths, type MoneyValue } from '../../value/money';

export type PartName = 'paid' | 'unpaid' | 'committed' | 'reserved' | 'available' | 'unreleased' | 'frozen';

/** One stretch of the bar: its amount, its width in ten-thousandths of the whole, its share in tenths of a percent. */
export interface Part {
  name: PartName;
  units: bigint;
  width: number;
  share: bigint;
}

const whole10k = 10_000n;

/**
 * The stages of a line's money from full to empty. Every part is what left the part before it, so together they are
 * the final appropriation; where more is committed than released (a policy may allow it), nothing is left of "available".
 */
export function partsOf(stages: StagesFragment): Part[] {
  const available = minorUnits(stages.availableNow);
  const owed = available < 0n ? available : 0n;
  const amounts: [PartName, bigint][] = [
    ['paid', minorUnits(stages.paid)],
    ['unpaid', minorUnits(stages.unpaid)],
    ['committed', minorUnits(stages.committed)],
    ['reserved', minorUnits(stages.reserved)],
    ['available', available - owed],
    ['unreleased', positive(minorUnits(stages.unreleased) + owed)],
    ['frozen', minorUnits(stages.frozen)],
  ];
  const whole = amounts.reduce((sum, [, units]) => sum + positive(units), 0n);
  return amounts.map(([name, units]) => ({
    name,
    units,
    width: whole === 0n ? 0 : Number((positive(units) * whole10k) / whole),
    share: shareInTenths(units, whole) ?? 0n,
  }));
}

const positive = (units: bigint): bigint => (units < 0n ? 0n : units);

/** Less than 1 % of what was released is low; nothing at all is gone. A line without a release is neither. */
export function availability(stages: StagesFragment): 'available' | 'low' | 'gone' | 'none' {
  const released = minorUnits(stages.released);
  const available = minorUnits(stages.availableNow);
  if (released === 0n && available === 0n) return 'none';
  if (available <= 0n) return 'gone';
  return available * 100n < released ? 'low' : 'available';
}

/** Reserved and committed together, as the office reads them. */
export const heldOf = (stages: StagesFragment): MoneyValue =>
  fromMinor(minorUnits(stages.reserved) + minorUnits(stages.committed), stages.reserved.currency);

/** Paid of the final appropriation, in tenths of a percent. */
export const executedOf = (stages: StagesFragment): bigint | undefined => shareInTenths(minorUnits(stages.paid), minorUnits(stages.revised));

export const shareOf = (part: MoneyValue, stages: StagesFragment): bigint | undefined => shareInTenths(minorUnits(part), minorUnits(stages.revised));
