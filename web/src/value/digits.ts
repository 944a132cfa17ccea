/** One digit family per user: 123 or ٠١٢. Separators belong to the family. */
export type DigitFamily = 'latin' | 'arabic';

const arabicZero = 0x0660;
const easternZero = 0x06f0;

/** Rewrites the digits of a text (a reference, a date, a count) into the family; the rest stays. */
export function inFamily(text: string, family: DigitFamily): string {
  if (family === 'latin') return text;
  return text.replace(/\d/g, (digit) => String.fromCharCode(arabicZero + digit.charCodeAt(0) - 48));
}

/** Reads what a person typed: both digit families, the Arabic separators and invisible direction marks. */
export function toLatin(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - arabicZero))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - easternZero))
    .replace(/\u066b/g, '.')
    .replace(/\u066c/g, ',');
}

export const groupMark: Record<DigitFamily, string> = { latin: ',', arabic: '\u066c' };
export const decimalMark: Record<DigitFamily, string> = { latin: '.', arabic: '\u066b' };
export const percentMark: Record<DigitFamily, string> = { latin: '%', arabic: '\u066a' };

/** A whole number grouped in threes, in the family. */
export function grouped(whole: bigint, family: DigitFamily): string {
  const text = whole.toString().replace(/\B(?=(\d{3})+$)/g, groupMark[family]);
  return inFamily(text, family);
}
