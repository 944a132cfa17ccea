import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { usePreferences } from '../../preferences/preferences';
import type { Item } from './items';
import { heightOf, scrollTo, spanOf, type Ground } from './span';

interface Given<Row> {
  items: readonly Item<Row>[];
  rowKey: (row: Row) => string;
  open: ((row: Row) => void) | undefined;
  peeks: boolean;
  selects: boolean;
  more: (() => void) | undefined;
  /** Head and total, which the body lies between. */
  head: number;
  foot: number;
}

export interface Worked {
  scroller: RefObject<HTMLDivElement | null>;
  ground: Ground;
  span: { from: number; to: number; offset: number };
  view: number;
  active: string | undefined;
  peeked: string | undefined;
  setActive: (key: string) => void;
  peek: (key: string | undefined) => void;
  measured: (height: number) => void;
  selected: ReadonlySet<string>;
  select: (key: string, range?: boolean) => void;
  clear: () => void;
  pressed: (event: KeyboardEvent) => void;
}

/** The moving parts of a worklist: where it is scrolled to, which row the keys are on, what is peeked at and selected. */
export function useWorklist<Row>({ items, rowKey, open, peeks, selects, more, head, foot }: Given<Row>): Worked {
  const { density, shortcuts } = usePreferences();
  const scroller = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const [view, setView] = useState(600);
  const [active, setActive] = useState<string>();
  const [peeked, setPeeked] = useState<string>();
  const [peekHeight, setPeekHeight] = useState(0);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string>(undefined);

  const places = useMemo(() => {
    const found = new Map<string, number>();
    items.forEach((item, place) => item.kind === 'row' && found.set(rowKey(item.row), place));
    return found;
  }, [items, rowKey]);
  const keyAt = (place: number) => {
    const item = items[place];
    return item?.kind === 'row' ? rowKey(item.row) : undefined;
  };

  const openedAt = peeked === undefined ? undefined : places.get(peeked);
  const ground: Ground = { count: items.length, height: density === 'compact' ? 36 : 44, opened: openedAt === undefined ? undefined : { place: openedAt, height: peekHeight } };
  const body = Math.max(0, view - head - foot);
  const span = spanOf(ground, scrolled, body);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const measure = () => setView(box.clientHeight);
    const scrolls = () => setScrolled(box.scrollTop);
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(box);
    box.addEventListener('scroll', scrolls, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener('scroll', scrolls);
    };
  }, []);

  // The next page is on its way long before its rows are scrolled to.
  const near = heightOf(ground) - scrolled < body * 6;
  useEffect(() => {
    if (near && more) more();
  }, [near, more]);

  const reach = (place: number) => {
    const key = keyAt(place);
    if (key === undefined) return;
    setActive(key);
    const to = scrollTo(ground, place, scroller.current?.scrollTop ?? 0, body);
    if (to !== undefined && scroller.current) scroller.current.scrollTop = to;
  };
  const step = (by: 1 | -1, times = 1) => {
    let place = active === undefined ? (by > 0 ? -1 : items.length) : (places.get(active) ?? -1);
    for (let left = times; left > 0; left -= 1) {
      let next = place + by;
      while (items[next]?.kind === 'group') next += by;
      if (!items[next]) break;
      place = next;
    }
    reach(place);
  };

  const select: Worked['select'] = (key, range = false) => {
    setSelected((before) => {
      const after = new Set(before);
      const from = anchor.current === undefined ? undefined : places.get(anchor.current);
      const to = places.get(key);
      if (range && from !== undefined && to !== undefined) {
        for (let place = Math.min(from, to); place <= Math.max(from, to); place += 1) {
          const between = keyAt(place);
          if (between !== undefined) after.add(between);
        }
      } else if (!after.delete(key)) after.add(key);
      return after;
    });
    anchor.current = key;
  };

  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const item = active === undefined ? undefined : items[places.get(active) ?? -1];
    const page = Math.max(1, Math.floor(body / ground.height) - 1);
    if (event.code === 'ArrowDown' || (shortcuts && event.code === 'KeyJ')) step(1);
    else if (event.code === 'ArrowUp' || (shortcuts && event.code === 'KeyK')) step(-1);
    else if (event.code === 'PageDown') step(1, page);
    else if (event.code === 'PageUp') step(-1, page);
    else if (event.code === 'Home') step(-1, items.length);
    else if (event.code === 'End') step(1, items.length);
    else if (event.code === 'Escape' && peeked !== undefined) setPeeked(undefined);
    else if (item?.kind !== 'row') return;
    else if (event.code === 'Enter' || event.code === 'NumpadEnter') open?.(item.row);
    else if (event.code === 'Space' && peeks) setPeeked(peeked === active ? undefined : active);
    else if (event.code === 'KeyX' && shortcuts && selects) select(active!, event.shiftKey);
    else return;
    event.preventDefault();
  };

  return { scroller, ground, span, view, active, peeked, setActive, peek: setPeeked, measured: setPeekHeight, selected, select, clear: () => setSelected(new Set()), pressed };
}
