import { describe, expect, it } from 'vitest';
import { hijriDate, officeDay, proseDate, tableDate, yearElapsedInTenths } from './dates';

const marks = /[\u200e\u200f\u061c]/;

describe('dates', () => {
  it('stand in tables as day/month/year without direction marks', () => {
    expect(tableDate('2026-11-22', 'latin')).toBe('22/11/2026');
    expect(tableDate('2026-11-22', 'arabic')).toBe('٢٢/١١/٢٠٢٦');
  });

  it('use the month names of the Levant and the Umm al-Qura calendar', () => {
    expect(proseDate('2026-11-22', 'ar', 'latin')).toBe('22 تشرين الثاني 2026');
    expect(proseDate('2026-01-05', 'ar', 'arabic')).toBe('٥ كانون الثاني ٢٠٢٦');
    expect(hijriDate('2026-11-22', 'ar', 'latin')).toBe('12 جمادى الآخرة 1448');
    expect(hijriDate('2026-11-22', 'ar', 'latin', false)).toBe('12 جمادى الآخرة');
    expect(proseDate('2026-11-22', 'en', 'latin')).toBe('22 November 2026');
    expect(hijriDate('2026-11-22', 'en', 'latin')).toMatch(/^12 Jumada/);
    for (const text of [proseDate('2026-11-22', 'ar', 'latin'), hijriDate('2026-11-22', 'ar', 'latin')]) expect(text).not.toMatch(marks);
  });

  it('belong to the office, not to the machine', () => {
    expect(officeDay(new Date('2026-11-24T22:30:00Z'), 'Asia/Amman')).toBe('2026-11-25');
    expect(officeDay(new Date('2026-11-24T20:59:59Z'), 'Asia/Amman')).toBe('2026-11-24');
  });

  it('tell how much of a year is gone', () => {
    expect(yearElapsedInTenths('2026-11-22', 2026)).toBe(893);
    expect(yearElapsedInTenths('2025-12-31', 2026)).toBe(0);
    expect(yearElapsedInTenths('2027-01-01', 2026)).toBe(1000);
  });
});
