import { expect, it } from 'vitest';
import { deviceOf } from './device';
import { fromKept, toKept } from './kept';
import { defaults } from './preferences';

it('choices go to the server and come back the same', () => {
  const chosen = { ...defaults, theme: 'contrast', digits: 'arabic', calendar: 'hijri', shortcuts: false } as const;
  expect(fromKept(toKept(chosen))).toEqual(chosen);
});

it('what is no choice of ours is left out', () => {
  expect(fromKept([{ name: 'theme', value: 'neon' }, { name: 'language', value: 'en' }, { name: '__proto__', value: 'x' }])).toEqual({ language: 'en' });
});

it('a device has one name, and knows whether it had it before', () => {
  const kept = new Map<string, string>();
  const store = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  expect(deviceOf(store, () => 'd1')).toEqual({ device: 'd1', known: false });
  expect(deviceOf(store, () => 'd2')).toEqual({ device: 'd1', known: true });
});
