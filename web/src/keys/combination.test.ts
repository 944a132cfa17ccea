import { expect, it } from 'vitest';
import { shellKey, type Press } from './combination';

const press = (code: string, held: Partial<Press> = {}): Press => ({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

it('keys are told by their place, whatever the layout writes there', () => {
  expect(shellKey(press('KeyK', { ctrlKey: true }), false)).toBe('palette');
  expect(shellKey(press('KeyK', { metaKey: true }), true)).toBe('palette');
  expect(shellKey(press('Digit2', { altKey: true }), true)).toBe('module-2');
  expect(shellKey(press('KeyL', { altKey: true, shiftKey: true }), true)).toBe('language');
});

it('single keys are silent while somebody writes', () => {
  expect(shellKey(press('Slash'), false)).toBe('search');
  expect(shellKey(press('Slash', { shiftKey: true }), false)).toBe('list');
  expect(shellKey(press('Slash'), true)).toBeUndefined();
  expect(shellKey(press('KeyK'), false)).toBeUndefined();
  expect(shellKey(press('Digit0', { altKey: true }), false)).toBeUndefined();
});
