import { expect, it } from 'vitest';
import { paramsOf, withParams } from './params';

it('a view keeps the conditions and not the place', () => {
  expect(paramsOf('?year=2026&chapter=2501&stage=audit&by=ITEM')).toBe('by=ITEM&stage=audit');
  expect(paramsOf('?by=ITEM&stage=audit')).toBe(paramsOf('?stage=audit&by=ITEM'));
});

it('opening a view stays in the body and the year', () => {
  expect(withParams('?year=2026&by=PROGRAMME', 'by=ITEM&stage=audit')).toBe('?by=ITEM&stage=audit&year=2026');
  expect(withParams('', '')).toBe('');
});
