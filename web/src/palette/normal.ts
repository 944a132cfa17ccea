const marks = /[\u064b-\u065f\u0670\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A word as it is compared: without vowel marks and stretching, one alef, one ya, one ta, one family of digits. */
export function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(marks, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ؤ/g, 'و')
    .replace(/ئ/g, 'ي')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .trim();
}

/** How well a text answers what was typed: 0 not at all; a beginning before a word's beginning before a part. */
export function fit(text: string, typed: string): number {
  const within = normal(text);
  const asked = normal(typed);
  if (asked === '') return 1;
  if (within.startsWith(asked)) return 3;
  if (within.split(/[\s/·،,-]+/).some((word) => word.startsWith(asked) || word.replace(/^ال/, '').startsWith(asked))) return 2;
  return within.includes(asked) ? 1 : 0;
}
