import type { ReactNode } from 'react';

/** One column of a worklist. */
export interface WorkColumn<Row> {
  name: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** Pixels to begin with; the person may change them. */
  width: number;
  /** Takes what is left of the sheet. */
  grow?: boolean;
  /** Amounts align by their last digit. */
  amount?: boolean;
  /** What the rows are ordered by under this column; without it the column cannot be ordered. */
  value?: (row: Row) => string | bigint;
  /** What rows are gathered by under this column. */
  group?: (row: Row) => string;
  /** Its total, under the double rule. */
  total?: ReactNode;
}

/** How a person left the columns of one list on this device. */
export interface ColumnLayout {
  order: readonly string[];
  widths: Readonly<Record<string, number>>;
  hidden: readonly string[];
  pinned: readonly string[];
}

export const narrowest = 72;
export const widest = 720;

/** The columns as they were left; a column that is new since then stands where the list put it, one that is gone is forgotten. */
export function arranged<Row>(columns: readonly WorkColumn<Row>[], layout: ColumnLayout): WorkColumn<Row>[] {
  const known = new Map(columns.map((column) => [column.name, column]));
  const order = layout.order.filter((name) => known.has(name));
  columns.forEach((column, place) => {
    if (!order.includes(column.name)) order.splice(Math.min(place, order.length), 0, column.name);
  });
  const first = columns[0]?.name;
  const shown = order.filter((name) => name === first || !layout.hidden.includes(name)).map((name) => known.get(name)!);
  const pinned = (column: WorkColumn<Row>) => column.name === first || layout.pinned.includes(column.name);
  return [...shown.filter(pinned), ...shown.filter((column) => !pinned(column))].map((column) => {
    const width = layout.widths[column.name];
    return width === undefined ? column : { ...column, width, grow: false };
  });
}

/** Where each pinned column stands, counted from the start edge; the first always is. */
export function pins<Row>(columns: readonly WorkColumn<Row>[], pinned: readonly string[], from: number): Map<string, number> {
  const places = new Map<string, number>();
  let edge = from;
  for (const [place, column] of columns.entries()) {
    if (place > 0 && !pinned.includes(column.name)) break;
    places.set(column.name, edge);
    edge += column.width;
  }
  return places;
}

export const sized = (layout: ColumnLayout, name: string, width: number): ColumnLayout => ({
  ...layout,
  widths: { ...layout.widths, [name]: Math.round(Math.min(widest, Math.max(narrowest, width))) },
});

/** One place towards the start (−1) or the end (+1). */
export function moved(layout: ColumnLayout, names: readonly string[], name: string, by: -1 | 1): ColumnLayout {
  const order = [...names];
  const from = order.indexOf(name);
  const to = from + by;
  // The first column names the row and keeps its place.
  if (from < 1 || to < 1 || to >= order.length) return layout;
  [order[from], order[to]] = [order[to]!, order[from]!];
  return { ...layout, order };
}

const toggled = (names: readonly string[], name: string): string[] => (names.includes(name) ? names.filter((one) => one !== name) : [...names, name]);
export const hiddenToggled = (layout: ColumnLayout, name: string): ColumnLayout => ({ ...layout, hidden: toggled(layout.hidden, name) });
export const pinToggled = (layout: ColumnLayout, name: string): ColumnLayout => ({ ...layout, pinned: toggled(layout.pinned, name) });

export const asGiven: ColumnLayout = { order: [], widths: {}, hidden: [], pinned: [] };
