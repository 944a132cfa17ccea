import { describe, expect, it } from 'vitest';
import { daysOf, gapsOf } from './days';

const entry = (serial: number, day: string) => ({ serial, day });
const book = [entry(7, '2026-11-22'), entry(6, '2026-11-22'), entry(3, '2026-11-21'), entry(2, '2026-11-22')];

describe('a register book', () => {
  it('keeps its order; a day that comes back is a page of its own', () => {
    expect(daysOf(book, (one) => one.day).map(({ day, entries }) => `${day}:${entries.length}`)).toEqual(['2026-11-22:2', '2026-11-21:1', '2026-11-22:1']);
  });
  it('tells a missing number, and how many', () => {
    const gaps = gapsOf(book, (one) => one.serial);
    expect([...gaps].map(([one, missing]) => [one.serial, missing])).toEqual([[6, 2]]);
  });
});
