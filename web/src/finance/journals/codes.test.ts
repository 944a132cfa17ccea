import { describe, expect, it } from 'vitest';
import { readCodes } from './codes';

describe('a combination being typed', () => {
  it('is read part by part, in either digit family', () => {
    expect(readCodes('01-2501--4401-001-221105-001')).toEqual({ fund: '01', chapter: '2501', programme: '4401', activity: '001', item: '221105', source: '001' });
    expect(readCodes('٠١-٣٣١٠٠١')).toEqual({ fund: '01', item: '331001' });
    expect(readCodes('111001')).toEqual({ item: '111001' });
  });
  it('is none when it has letters, nothing, or too many parts', () => {
    for (const text of ['', '--', '01-abc', '1-2-3-4-5-6-7-8-9']) expect(readCodes(text), text).toBeUndefined();
  });
});
