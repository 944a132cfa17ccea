/** A value of an address as text; an empty one is none. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);

/** The body and the year are part of every finance address, so that a link shows what its sender saw. */
export interface FinanceSearch {
  year?: number;
  chapter?: string;
}

export function financeSearch(search: Record<string, unknown>): FinanceSearch {
  const year = Number(search['year']);
  const chapter = text(search['chapter']);
  return { ...(Number.isInteger(year) && year > 0 ? { year } : {}), ...(chapter ? { chapter } : {}) };
}
