import type { CodesInput } from '../../generated/graph';
import { toLatin } from '../../value/digits';

const names = ['fund', 'chapter', 'centre', 'programme', 'activity', 'item', 'source', 'governorate'] as const;

/** A combination as it is written: its segments in order with dashes; `01` and `331001` alone are fund and account. */
export function readCodes(text: string): CodesInput | undefined {
  const parts = toLatin(text).trim().split('-');
  if (parts.some((part) => !/^\d*$/.test(part)) || parts.every((part) => part === '')) return undefined;
  const short = parts.length === 2 ? (['fund', 'item'] as const) : parts.length === 1 ? (['item'] as const) : names;
  if (parts.length > short.length) return undefined;
  return Object.fromEntries(parts.flatMap((code, at) => (code === '' ? [] : [[short[at]!, code]])));
}

/** The whole combination as it is written, every segment in its place. */
export const combination = (segments: readonly { segment: string; code: string }[]): string =>
  names.map((name) => segments.find((label) => label.segment.toLowerCase() === name)?.code ?? '').join('-').replace(/-+$/, '');
