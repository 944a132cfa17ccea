import { asOfSearch, type AsOfSearch } from '../shell/as-of/as-of';
import { text } from './text';

export { text };

/** The body, the year and the time are part of every finance address, so that a link shows what its sender saw. */
export interface FinanceSearch extends AsOfSearch {
  year?: number;
  chapter?: string;
}

export function financeSearch(search: Record<string, unknown>): FinanceSearch {
  const year = Number(search['year']);
  const chapter = text(search['chapter']);
  return { ...(Number.isInteger(year) && year > 0 ? { year } : {}), ...(chapter ? { chapter } : {}), ...asOfSearch(search) };
}
