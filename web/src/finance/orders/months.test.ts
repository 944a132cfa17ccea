import { describe, expect, it } from 'vitest';
import { readMonths } from './months';

describe('the months of an allotment', () => {
  it('are read as people write them', () => {
    expect(readMonths('11')).toEqual([11]);
    expect(readMonths('١٠-١٢')).toEqual([10, 11, 12]);
    expect(readMonths('7، 1،4')).toEqual([1, 4, 7]);
  });
  it('are none outside the year', () => {
    for (const text of ['', '0', '13', '5-2', 'نوفمبر']) expect(readMonths(text), text).toBeUndefined();
  });
});
