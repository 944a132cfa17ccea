import { createContext, useContext } from 'react';
import type { FiscalYearsQuery, MeQuery } from '../generated/graph';

export type Me = MeQuery['me'];
export type FiscalYear = FiscalYearsQuery['fiscalYears'][number];

export interface Session {
  me: Me;
  years: FiscalYear[];
  may: (permission: string) => boolean;
  signOut: () => void;
}

export const SessionContext = createContext<Session | null>(null);

/** The signed-in person; only used under SessionGate, which shows nothing of the app without one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession stands outside SessionGate');
  return session;
}
