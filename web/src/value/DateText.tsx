import { usePreferences } from '../preferences/preferences';
import { hijriDate, proseDate, tableDate } from './dates';

interface Props {
  /** A day, 2026-11-22. */
  day: string | null | undefined;
  form?: 'table' | 'prose';
  /** The Umm al-Qura day beside it, quieter; `short` leaves its year out. */
  hijri?: boolean | 'short';
}

/** A date: Gregorian as stored, the Hijri day second; it never changes with the time zone of the machine. */
export function DateText({ day, form = 'table', hijri = form === 'prose' }: Props) {
  const { language, family } = usePreferences();
  if (!day) return <span className="dw-none">—</span>;
  const table = form === 'table';
  const shown = table ? tableDate(day, family) : proseDate(day, language, family);
  return (
    <time dateTime={day} className="dw-date" title={table ? proseDate(day, language, family) : undefined}>
      <bdi dir={table ? 'ltr' : undefined} className="dw-figure">{shown}</bdi>
      {hijri && (
        <>
          <span className="dw-quiet"> · </span>
          <bdi className="dw-hijri">{hijriDate(day, language, family, hijri !== 'short')}</bdi>
        </>
      )}
    </time>
  );
}
