// The app's own words, so that tests press what people read, in either language.
import { readFile } from 'node:fs/promises';

const read = async (language) => JSON.parse(await readFile(new URL(`../src/words/${language}.json`, import.meta.url), 'utf8'));
const books = { ar: await read('ar'), en: await read('en') };

/** t('reservations.act.reserve', { number: '1' }) in a language. */
export const wordsOf = (language) => (key, values = {}) => {
  const found = key.split('.').reduce((node, part) => node?.[part], books[language]);
  if (typeof found !== 'string') throw new Error(`no word ${key}`);
  return found.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '');
};
