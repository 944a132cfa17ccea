import { describe, expect, it } from 'vitest';
import ar from './ar.json';
import en from './en.json';

const plural = /_(zero|one|two|few|many|other)$/;

function keys(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keys(value as object, `${path}${key}.`),
  );
}

const stems = (tree: object) => [...new Set(keys(tree).map((key) => key.replace(plural, '')))].sort();
const at = (tree: object, key: string) => key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], tree) as string;
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)\/>/g)].map((match) => match[1] ?? match[2]).sort();

describe('words', () => {
  it('say everything in both languages', () => {
    expect(stems(ar)).toEqual(stems(en));
  });

  it('give every counted sentence all six Arabic forms', () => {
    const counted = keys(ar).filter((key) => plural.test(key)).map((key) => key.replace(plural, ''));
    for (const stem of new Set(counted)) {
      const forms = keys(ar).filter((key) => key.replace(plural, '') === stem && plural.test(key));
      expect(forms, stem).toHaveLength(6);
    }
  });

  it('carry the same figures in both languages', () => {
    for (const key of keys(en).filter((key) => !plural.test(key))) {
      expect(holes(at(ar, key)), key).toEqual(holes(at(en, key)));
    }
  });

  it('neither apologise, exclaim nor boast', () => {
    for (const key of [...keys(en)]) expect(at(en, key)).not.toMatch(/!|sorry|please|successful/i);
    for (const key of [...keys(ar)]) expect(at(ar, key)).not.toMatch(/!|عذرا|نأسف|بنجاح|الرجاء|يرجى/);
  });
});
