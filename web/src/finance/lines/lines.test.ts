import { describe, expect, it } from 'vitest';
import { keyFilter } from './use-lines';

describe('a budget key being typed', () => {
  it('asks for its parts, the last as a beginning, in either digit family', () => {
    expect(keyFilter('٠١-٢٥٠١-٤٤', ['FUND', 'CHAPTER', 'PROGRAMME'])).toEqual([
      { segment: 'FUND', code: '01', prefix: false },
      { segment: 'CHAPTER', code: '2501', prefix: false },
      { segment: 'PROGRAMME', code: '44', prefix: true },
    ]);
  });
  it('is words when it is no key', () => {
    expect(keyFilter('طرق 2501', ['FUND'])).toEqual([]);
    expect(keyFilter('2501', ['FUND'])).toEqual([]);
  });
});
