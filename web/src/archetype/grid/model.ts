// The grid without its screen: what a key does to where one stands, what copy-down and paste do to the rows.

export type Cells = readonly (readonly string[])[];

export interface Place {
  row: number;
  column: number;
}

export interface Size {
  rows: number;
  columns: number;
}

/** Where a key leads; arrows move as seen, so that in Arabic the left arrow goes on in the row. */
export function led(place: Place, key: string, size: Size, rtl: boolean): Place | undefined {
  const onwards = rtl ? 'ArrowLeft' : 'ArrowRight';
  const back = rtl ? 'ArrowRight' : 'ArrowLeft';
  const { row, column } = place;
  const within = (next: Place) => (next.row >= 0 && next.row < size.rows && next.column >= 0 && next.column < size.columns ? next : place);
  switch (key) {
    case onwards: return within({ row, column: column + 1 });
    case back: return within({ row, column: column - 1 });
    case 'ArrowDown': case 'Enter': return within({ row: row + 1, column });
    case 'ArrowUp': case 'Shift+Enter': return within({ row: row - 1, column });
    case 'Home': return { row, column: 0 };
    case 'End': return { row, column: size.columns - 1 };
    // At either end Tab leaves the grid: nobody is caught in it.
    case 'Tab': return column + 1 < size.columns ? { row, column: column + 1 } : row + 1 < size.rows ? { row: row + 1, column: 0 } : undefined;
    case 'Shift+Tab': return column > 0 ? { row, column: column - 1 } : row > 0 ? { row: row - 1, column: size.columns - 1 } : undefined;
    default: return place;
  }
}

export function written(cells: Cells, place: Place, text: string): Cells {
  return cells.map((row, at) => (at === place.row ? row.map((cell, column) => (column === place.column ? text : cell)) : row));
}

/** Ctrl+D: the cell above, into this one. */
export const copiedDown = (cells: Cells, place: Place): Cells => (place.row === 0 ? cells : written(cells, place, cells[place.row - 1]![place.column]!));

export const withRow = (cells: Cells, columns: number): Cells => [...cells, Array.from({ length: columns }, () => '')];

export const withoutRow = (cells: Cells, row: number, columns: number): Cells => (cells.length > 1 ? cells.filter((_, at) => at !== row) : withRow([], columns));

/** A table as spreadsheets put it on the clipboard: tabs and lines, quotes around what has either in it. */
export function parseTable(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain[at]!;
    if (quoted) {
      if (sign === '"' && plain[at + 1] === '"') cell += plain[++at]!;
      else if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === '\t' || sign === '\n') {
      rows.at(-1)!.push(cell.trim());
      cell = '';
      if (sign === '\n') rows.push([]);
    } else cell += sign;
  }
  rows.at(-1)!.push(cell.trim());
  return rows;
}

/** One pasted cell: where it goes, and why not. */
export interface PastedCell extends Place {
  text: string;
  refusal?: string;
}

export interface Paste {
  cells: PastedCell[];
  refused: number;
  /** Columns to the side of the grid that have no place in it. */
  beyond: number;
}

/** What a paste would do, before it does it. */
export function pasted(table: readonly (readonly string[])[], at: Place, columns: number, refuse: (column: number, text: string) => string | undefined): Paste {
  const cells: PastedCell[] = [];
  let beyond = 0;
  table.forEach((row, down) =>
    row.forEach((text, along) => {
      const column = at.column + along;
      if (column >= columns) {
        beyond += 1;
        return;
      }
      const refusal = text === '' ? undefined : refuse(column, text);
      cells.push({ row: at.row + down, column, text, ...(refusal ? { refusal } : {}) });
    }),
  );
  return { cells, refused: cells.filter((cell) => cell.refusal).length, beyond };
}

/** The rows with what was not refused; new rows where the table is longer. */
export function applied(cells: Cells, paste: Paste, columns: number): Cells {
  let next = cells;
  for (const cell of paste.cells) {
    if (cell.refusal) continue;
    while (next.length <= cell.row) next = withRow(next, columns);
    next = written(next, cell, cell.text);
  }
  return next;
}
