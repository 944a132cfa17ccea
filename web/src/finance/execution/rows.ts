import { createContext, useContext } from 'react';

/** Which rows stand open, and which one holds the table's single tab stop. */
export interface OpenRows {
  isOpen: (path: string) => boolean;
  toggle: (path: string) => void;
  /** The row that Tab reaches; arrows move on from it. */
  stop: string | undefined;
  moveTo: (path: string) => void;
  elapsed: string;
}

export const OpenRowsContext = createContext<OpenRows | null>(null);

export function useOpenRows(): OpenRows {
  const rows = useContext(OpenRowsContext);
  if (!rows) throw new Error('useOpenRows stands outside an execution sheet');
  return rows;
}
