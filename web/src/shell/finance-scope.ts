import { useNavigate, useSearch } from '@tanstack/react-router';
import type { FinanceSearch } from '../finance/scope-search';
import { officeDay } from '../value/dates';
import { officeZone } from './office';
import { useSession, type FiscalYear } from '../session/session';

export interface FinanceScope {
  /** The year on screen: the one in the address, or the open one of today, or the newest open one. */
  year: number;
  state: FiscalYear['state'] | undefined;
  chapter: string | undefined;
  choose: (part: { year?: number; chapter?: string | undefined }) => void;
}

/** The body and the fiscal year every finance screen speaks of; changing them keeps the screen. */
export function useFinanceScope(): FinanceScope {
  const { years } = useSession();
  const search = useSearch({ strict: false }) as FinanceSearch;
  const navigate = useNavigate();
  const open = years.filter((year) => year.state.toUpperCase() === 'OPEN');
  const now = Number(officeDay(new Date(), officeZone).slice(0, 4));
  const standing = open.find((year) => year.year === now) ?? open[0] ?? years[0];
  const year = search.year ?? standing?.year ?? new Date().getFullYear();
  return {
    year,
    state: years.find((known) => known.year === year)?.state.toUpperCase(),
    chapter: search.chapter,
    choose: (part) => void navigate({ to: '.', search: (before: FinanceSearch) => ({ ...before, ...part }) as never }),
  };
}
