import { useEffect, useRef, type ReactNode } from 'react';

interface Props<Row> {
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  card: (row: Row) => ReactNode;
  more?: (() => void) | undefined;
}

/** The phone's form of a worklist: a card a row, three facts; the next page is read before its end is reached. */
export function Cards<Row>({ caption, rows, rowKey, card, more }: Props<Row>) {
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!end.current || !more) return;
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && more(), { rootMargin: '1200px' });
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, [more]);
  return (
    <ul className="dw-work-cards" aria-label={caption}>
      {rows.map((row) => <li key={rowKey(row)} className="dw-sheet dw-work-card">{card(row)}</li>)}
      <li ref={end} aria-hidden="true" />
    </ul>
  );
}
