import { toLatin } from '../value/digits';

/** Letters that are written one for the other, marks and stretches left out: what two people would call the same word. */
export function plainText(text: string): string {
  return toLatin(text)
    .normalize('NFKD')
    .replace(/[\u0640\u064b-\u065f\u0670\u0300-\u036f]/g, '')
    .replace(/[\u0622\u0623\u0625\u0671]/g, '\u0627')
    .replace(/\u0629/g, '\u0647')
    .replace(/\u0649/g, '\u064a')
    .toLowerCase();
}

/** Every word looked for is in one of the texts. */
export function matches(sought: string, texts: readonly (string | null | undefined)[]): boolean {
  const all = plainText(texts.filter(Boolean).join(' '));
  return plainText(sought).split(/\s+/).filter(Boolean).every((word) => all.includes(word));
}
