import { expect, it } from 'vitest';
import { handOn } from './transport';

it('an event is handed on, and an end says why', () => {
  const told: unknown[] = [];
  const listener = { next: (data: unknown) => told.push(data), over: (code: string | undefined) => told.push(code) };
  handOn({ data: { viewMoved: { view: 'inbox' } } }, listener);
  handOn({ errors: [{ extensions: { code: 'forbidden' } }] }, listener);
  handOn({ errors: [{}] }, listener);
  expect(told).toEqual([{ viewMoved: { view: 'inbox' } }, 'forbidden', 'error']);
});
