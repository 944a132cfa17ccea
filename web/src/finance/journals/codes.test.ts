import { describe, expect, it } from 'vitest';
import { combination, readCodes } from './codes';

describe('a combination being typed', () => {
  it('is read part by part, in either digit family', () => {
    expect(readCodes('01-2501--4401-001-221105-001')).toEqual({ fund: '01', chapter: '2501', programme: '4401', activity: '001', item: '221105', source: '001' });
    expect(readCodes('٠١-٣٣١٠٠١')).toEqual({ fund: '01', item: '331001' });
    expect(readCodes('111001')).toEqual({ item: '111001' });
  });
  it('is none when it has letters, nothing, or too many parts', () => {
    for (const text of ['', '--', '01-abc', '1-2-3-4-5-6-7-8-9']) expect(readCodes(text), text).toBeUndefined();
  });
  it('is written again so that it reads as it was', () => {
    const segments = [{ segment: 'FUND', code: '01' }, { segment: 'CHAPTER', code: '2501' }, { segment: 'ITEM', code: '221105' }];
    expect(readCodes(combination(segments))).toEqual({ fund: '01', chapter: '2501', item: '221105' });
  });
});
