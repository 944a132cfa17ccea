import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { AsOf } from '../../generated/graph';
import { text } from '../../finance/text';

/** Two axes of time as an address carries them: true on a day, known on a day or at an entry of the log. */
export interface AsOfSearch {
  trueOn?: string;
  knownOn?: string;
  knownAt?: string;
}

export const asOfParts = ['trueOn', 'knownOn', 'knownAt'] as const;

const day = (value: unknown): string | undefined => {
  const written = text(value);
  return written && /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(written)) ? written : undefined;
};

/** Reads the two times; what is no day and no place is left out. */
export function asOfSearch(search: Record<string, unknown>): AsOfSearch {
  const trueOn = day(search['trueOn']);
  const knownOn = day(search['knownOn']);
  const place = text(search['knownAt']);
  const knownAt = place && /^\d{1,18}$/.test(place) ? place : undefined;
  return { ...(trueOn ? { trueOn } : {}), ...(knownAt ? { knownAt } : knownOn ? { knownOn } : {}) };
}

export interface Time extends AsOfSearch {
  /** Anything but now. */
  active: boolean;
  /** As a report is asked; null is now. */
  at: AsOf | null;
  choose: (times: AsOfSearch) => void;
  now: () => void;
}

/** The time every report on screen speaks of. It lives in the address, so a link shows what its sender saw. */
export function useAsOf(): Time {
  const { trueOn, knownOn, knownAt } = asOfSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const navigate = useNavigate();
  const choose = useCallback(
    (times: AsOfSearch) => void navigate({ to: '.', search: (before: Record<string, unknown>) => ({ ...before, trueOn: undefined, knownOn: undefined, knownAt: undefined, ...times }) as never }),
    [navigate],
  );
  return useMemo(() => {
    const active = trueOn !== undefined || knownOn !== undefined || knownAt !== undefined;
    return {
      ...(trueOn ? { trueOn } : {}),
      ...(knownOn ? { knownOn } : {}),
      ...(knownAt ? { knownAt } : {}),
      active,
      at: active ? { trueOn: trueOn ?? null, knownOn: knownOn ?? null, knownAt: knownAt ?? null } : null,
      choose,
      now: () => choose({}),
    };
  }, [trueOn, knownOn, knownAt, choose]);
}
