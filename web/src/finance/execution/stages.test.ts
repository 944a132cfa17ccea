import { describe, expect, it } from 'vitest';
import type { StagesFragment } from '../../generated/graph';
import { availability, executedOf, heldOf, partsOf } from './stages';

const jod = (amount: string) => ({ amount, currency: 'JOD' });

/** Line 3112/05 of the picture: secondary roads, north. */
const roads: StagesFragment = {
  revised: jod('6200000.000'), frozen: jod('0.000'), released: jod('5400000.000'), unreleased: jod('800000.000'),
  reserved: jod('18600.000'), committed: jod('1966800.000'), unpaid: jod('412750.000'), paid: jod('2996300.500'), availableNow: jod('5549.500'),
};

describe('stages of a line', () => {
  it('part the whole appropriation and nothing else', () => {
    const parts = partsOf(roads);
    expect(parts.reduce((sum, part) => sum + part.units, 0n)).toBe(6_200_000_000n);
    expect(parts.reduce((sum, part) => sum + part.width, 0)).toBeGreaterThan(9_990);
    expect(parts.map((part) => part.name)).toEqual(['paid', 'unpaid', 'committed', 'reserved', 'available', 'unreleased', 'frozen']);
  });

  it('add reserved and committed to the fils', () => {
    expect(heldOf(roads)).toEqual(jod('1985400.000'));
    expect(executedOf(roads)).toBe(483n);
  });

  it('call less than one percent of the release low, nothing gone, and a line without release neither', () => {
    expect(availability(roads)).toBe('low');
    expect(availability({ ...roads, availableNow: jod('54000.000') })).toBe('available');
    expect(availability({ ...roads, availableNow: jod('53999.999') })).toBe('low');
    expect(availability({ ...roads, availableNow: jod('0.000') })).toBe('gone');
    expect(availability({ ...roads, released: jod('0.000'), availableNow: jod('0.000') })).toBe('none');
  });

  it('draw no negative stretch where more is committed than released', () => {
    const ahead = partsOf({ ...roads, released: jod('5000000.000'), unreleased: jod('1200000.000'), availableNow: jod('-394450.500') });
    expect(ahead.every((part) => part.width >= 0 && part.units >= 0n)).toBe(true);
    expect(ahead.reduce((sum, part) => sum + part.units, 0n)).toBe(6_200_000_000n);
  });
});
