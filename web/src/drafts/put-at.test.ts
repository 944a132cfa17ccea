import { expect, it } from 'vitest';
import { putAt, readable } from './put-at';

const draft = { subject: 'وقود', lines: [{ id: 'a', amount: '1' }, { id: 'b', amount: '2' }] };

it('sets one field and leaves the others and the original alone', () => {
  expect(putAt(draft, 'subject', '"زيوت"')).toEqual({ ...draft, subject: 'زيوت' });
  expect(putAt(draft, 'lines.b.amount', '"7"').lines).toEqual([{ id: 'a', amount: '1' }, { id: 'b', amount: '7' }]);
  expect(draft.lines[1]!.amount).toBe('2');
});

it('a row comes and goes whole', () => {
  expect(putAt(draft, 'lines.a', '').lines).toEqual([{ id: 'b', amount: '2' }]);
  expect(putAt(draft, 'lines.c', '{"id":"c","amount":"3"}').lines).toHaveLength(3);
  expect(putAt(draft, 'note', '')).toEqual(draft);
});

it('is shown as it was typed', () => {
  expect(readable('"زيوت"')).toBe('زيوت');
  expect(readable('')).toBe('');
  expect(readable('{"id":"a"}')).toBe('{"id":"a"}');
});
