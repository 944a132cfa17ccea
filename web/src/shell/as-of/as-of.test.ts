import { expect, it } from 'vitest';
import { asOfSearch } from './as-of';

it('two days are read from an address, and a place in the log wins over the day it was known', () => {
  expect(asOfSearch({ trueOn: '2026-06-30', knownOn: '2026-07-15' })).toEqual({ trueOn: '2026-06-30', knownOn: '2026-07-15' });
  expect(asOfSearch({ knownOn: '2026-07-15', knownAt: 4182907 })).toEqual({ knownAt: '4182907' });
});

it('what is no day and no place is now', () => {
  expect(asOfSearch({ trueOn: '2026-13-40', knownOn: 'yesterday', knownAt: '-3' })).toEqual({});
  expect(asOfSearch({})).toEqual({});
});
