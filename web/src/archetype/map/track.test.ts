import { describe, expect, it } from 'vitest';
import { fixAt, paceOf, plainLabel, shareAt, stretches, type Fix } from './track';

const fix = (minute: number, speed: number): Fix => ({ at: `2026-11-22T08:${String(minute).padStart(2, '0')}:00Z`, lng: 35.9 + minute / 100, lat: 31.9, speed, limit: 90 });
const way = [fix(0, 30), fix(10, 60), fix(20, 85), fix(30, 95), fix(40, 120)];

describe('a way on the map', () => {
  it('is told by pace against the limit', () => {
    expect(way.map(paceOf)).toEqual(['slow', 'usual', 'near', 'over', 'far']);
    expect(paceOf({ speed: 90, limit: 90 })).toBe('near');
    expect(paceOf({ speed: 110, limit: 90 })).toBe('far');
  });
  it('has no gaps between its stretches', () => {
    const parts = stretches(way);
    parts.slice(1).forEach((part, at) => expect(part.line[0]).toEqual(parts[at]!.line.at(-1)));
  });
  it('shares one selection with its time track', () => {
    for (const [index, one] of way.entries()) expect(fixAt(way, shareAt(way, one.at))).toBe(index);
    expect(fixAt([], 0.5)).toBe(-1);
  });
  it('carries labels without marks over their letters', () => {
    expect(plainLabel('عمّان')).toBe('عمان');
  });
});
