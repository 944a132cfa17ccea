import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { hijriDate, hijriTableDate, proseDate, tableDate } from './dates';

interface Props {
  /** A day, 2026-11-22. */
  day: string | null | undefined;
  form?: 'table' | 'prose';
  /** The day of the other calendar beside it, quieter; `short` leaves its year out. */
  hijri?: boolean | 'short';
}

/**
 * A date, Gregorian as stored. The person's first calendar leads, the other one follows; a Hijri date in a table is
 * marked, because nothing else tells the two apart. It never changes with the time zone of the machine.
 */
export function DateText({ day, form = 'table', hijri = form === 'prose' }: Props) {
  const { t } = useTranslation();
  const { language, family, calendar } = usePreferences();
  if (!day) return <span className="dw-none">—</span>;
  const table = form === 'table';
  const gregorian = proseDate(day, language, family);
  const umalqura = hijriDate(day, language, family, hijri !== 'short');
  const first = calendar === 'hijri' ? { short: hijriTableDate(day, family), long: hijriDate(day, language, family) } : { short: tableDate(day, family), long: gregorian };
  const second = calendar === 'hijri' ? gregorian : umalqura;
  return (
    <time dateTime={day} className="dw-date" title={table ? `${first.long} · ${calendar === 'hijri' ? gregorian : umalqura}` : undefined}>
      <bdi dir={table ? 'ltr' : undefined} className="dw-figure">{table ? first.short : first.long}</bdi>
      {table && calendar === 'hijri' && <abbr className="dw-era" title={t('calendar.hijri')}>{t('calendar.era')}</abbr>}
      {hijri && (
        <>
          <span className="dw-quiet"> · </span>
          <bdi className="dw-hijri">{second}</bdi>
        </>
      )}
    </time>
  );
}
