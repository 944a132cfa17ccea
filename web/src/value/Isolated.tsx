import type { ReactNode } from 'react';
import { inFamily, type DigitFamily } from './digits';

// Digits joined by hyphens or slashes: a budget key, a reference. Among Arabic letters they would be read from their end.
const joined = /[\d\u0660-\u0669]+(?:[-/][\d\u0660-\u0669]+)+/g;

/** A sentence in its digits, every key and reference within it an isolate that keeps its order. */
export function isolated(text: string, family: DigitFamily): ReactNode {
  const shown = inFamily(text, family);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of shown.matchAll(joined)) {
    parts.push(shown.slice(from, found.index), <bdi key={found.index} dir="ltr">{found[0]}</bdi>);
    from = found.index + found[0].length;
  }
  if (from === 0) return shown;
  return [...parts, shown.slice(from)];
}
