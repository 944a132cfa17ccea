import { expect, it } from 'vitest';
import { commandId } from './command-id';

it('a command id is a version 7 UUID, different each time and ordered by its moment', () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const ids = Array.from({ length: 200 }, () => commandId(1_764_000_000_000));
  for (const id of ids) expect(id).toMatch(form);
  expect(new Set(ids).size).toBe(200);
  expect(commandId(1_764_000_000_000) < commandId(1_764_000_000_001)).toBe(true);
});
