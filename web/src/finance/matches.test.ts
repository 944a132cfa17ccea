import { describe, expect, it } from 'vitest';
import { matches } from './matches';

describe('looking for a document', () => {
  it('finds words however alif, tāʾ and digits are written', () => {
    expect(matches('الاشغال', ['وزارة الأشغال العامّة'])).toBe(true);
    expect(matches('صيانه طرق', ['صيانة الطرق الثانوية'])).toBe(true);
    expect(matches('٠٣٣١٨', ['03318/2026'])).toBe(true);
    expect(matches('Roads 3318', ['roads directorate', '03318/2026'])).toBe(true);
    expect(matches('مياه', ['الطرق', null])).toBe(false);
  });
});
