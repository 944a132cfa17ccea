import { describe, expect, it } from 'vitest';
import { arranged, asGiven, hiddenToggled, moved, pinToggled, pins, sized, type WorkColumn } from './columns';
import { itemsOf, nextOrder, ordered, readOrder } from './items';
import { heightOf, scrollTo, spanOf, topOf, type Ground } from './span';

interface Row {
  name: string;
  net: bigint;
}
const column = (name: string, more: Partial<WorkColumn<Row>> = {}): WorkColumn<Row> => ({ name, head: name, width: 100, cell: () => null, ...more });
const columns = [column('number'), column('payee', { grow: true }), column('net', { value: (row) => row.net }), column('state')];
const names = (list: readonly { name: string }[]) => list.map((one) => one.name);

describe('columns of a worklist', () => {
  it('keep order, width, pin and what is hidden, as the person left them', () => {
    const layout = pinToggled(hiddenToggled(sized(moved(asGiven, names(columns), 'net', -1), 'net', 220), 'state'), 'net');
    const shown = arranged(columns, layout);
    expect(names(shown)).toEqual(['number', 'net', 'payee']);
    expect(shown[1]!.width).toBe(220);
    expect([...pins(shown, layout.pinned, 40)]).toEqual([['number', 40], ['net', 140]]);
  });

  it('never hide or move the column that names the row, nor lose one that is new', () => {
    expect(names(arranged(columns, hiddenToggled(asGiven, 'number')))).toContain('number');
    expect(moved(asGiven, names(columns), 'payee', -1)).toBe(asGiven);
    expect(names(arranged(columns, { ...asGiven, order: ['number', 'state'] }))).toEqual(['number', 'payee', 'net', 'state']);
  });

  it('stay readable however far they are dragged', () => {
    expect(sized(asGiven, 'net', 3).widths['net']).toBe(72);
    expect(sized(asGiven, 'net', 9000).widths['net']).toBe(720);
  });
});

describe('rows of a worklist', () => {
  const rows: Row[] = [{ name: 'ب', net: 30n }, { name: 'أ', net: 9007199254740993n }, { name: 'ب', net: 9007199254740992n }];

  it('are ordered exactly, beyond what a float can tell apart', () => {
    expect(ordered(rows, columns, readOrder('-net')).map((row) => row.net)).toEqual([9007199254740993n, 9007199254740992n, 30n]);
    expect(ordered(rows, columns, undefined)).toBe(rows);
    expect([nextOrder('net', undefined), nextOrder('net', readOrder('net')), nextOrder('net', readOrder('-net'))]).toEqual(['net', '-net', undefined]);
  });

  it('gather under the head of their group, none lost', () => {
    const items = itemsOf(rows, (row) => row.name);
    expect(items.map((item) => (item.kind === 'group' ? `${item.name}:${item.rows.length}` : item.place))).toEqual(['ب:2', 0, 1, 'أ:1', 2]);
  });
});

describe('what is drawn of a hundred thousand rows', () => {
  const grounds: Ground[] = [
    { count: 100_000, height: 36 },
    { count: 100_000, height: 44, opened: { place: 777, height: 240 } },
    { count: 3, height: 36, opened: { place: 2, height: 500 } },
  ];

  it('covers the body from edge to edge, wherever it is scrolled to', () => {
    for (const ground of grounds) {
      for (let scrolled = 0; scrolled < heightOf(ground); scrolled += 1777.3) {
        const body = 618;
        const { from, to, offset } = spanOf(ground, scrolled, body);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(topOf(ground, from) + offset).toBeLessThanOrEqual(scrolled + 0.001);
        const end = to === ground.count ? heightOf(ground) : topOf(ground, to);
        expect(end - (topOf(ground, from) + offset)).toBeGreaterThanOrEqual(Math.min(body, heightOf(ground)) - 0.001);
        expect(to - from).toBeLessThan(40);
      }
    }
  });

  it('brings the row the keys have reached into sight, and moves no further than that', () => {
    const ground: Ground = { count: 1000, height: 36 };
    expect(scrollTo(ground, 10, 0, 600)).toBeUndefined();
    expect(scrollTo(ground, 20, 0, 600)).toBe(21 * 36 - 600);
    expect(scrollTo(ground, 2, 600, 600)).toBe(72);
  });
});
