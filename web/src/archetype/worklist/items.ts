import type { WorkColumn } from './columns';

/** The order the address asks for: a column's name, with a minus for the greatest first. */
export interface Order {
  column: string;
  down: boolean;
}

export const readOrder = (text: string | undefined): Order | undefined =>
  text ? { column: text.replace(/^-/, ''), down: text.startsWith('-') } : undefined;

/** Pressed again and again: upwards, downwards, as the list gives them. */
export function nextOrder(column: string, now: Order | undefined): string | undefined {
  if (now?.column !== column) return column;
  return now.down ? undefined : `-${column}`;
}

const collator = new Intl.Collator('ar', { numeric: true });

function compare(a: string | bigint, b: string | bigint): number {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  return collator.compare(String(a), String(b));
}

/** Rows in the order asked for; equal rows keep the order they came in. */
export function ordered<Row>(rows: readonly Row[], columns: readonly WorkColumn<Row>[], order: Order | undefined): readonly Row[] {
  const value = columns.find((column) => column.name === order?.column)?.value;
  if (!order || !value) return rows;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => (order.down ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ row }) => row);
}

/** What stands in the body of a worklist: a row, or the head of a group. */
export type Item<Row> = { kind: 'row'; row: Row; place: number } | { kind: 'group'; name: string; rows: readonly Row[] };

/** The body's items; grouped rows stay in their order within their group, groups in the order they first appear. */
export function itemsOf<Row>(rows: readonly Row[], group: ((row: Row) => string) | undefined): Item<Row>[] {
  if (!group) return rows.map((row, place) => ({ kind: 'row', row, place }));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = group(row);
    const there = groups.get(name);
    if (there) there.push(row);
    else groups.set(name, [row]);
  }
  const items: Item<Row>[] = [];
  let place = 0;
  for (const [name, members] of groups) {
    items.push({ kind: 'group', name, rows: members });
    for (const row of members) items.push({ kind: 'row', row, place: place++ });
  }
  return items;
}
