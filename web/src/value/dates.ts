import { inFamily, type DigitFamily } from './digits';

export type Language = 'ar' | 'en';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

const locales: Record<Language, string> = { ar: 'ar-JO-u-nu-latn', en: 'en-GB' };
const hijriLocales: Record<Language, string> = { ar: 'ar-JO-u-ca-islamic-umalqura-nu-latn', en: 'en-GB-u-ca-islamic-umalqura' };

/** A calendar day has no time zone: it is formatted as the same day everywhere. */
const dayOf = (iso: string): Date => new Date(iso.slice(0, 10) + 'T00:00:00Z');

/** 22/11/2026, for tables; written by hand because Intl adds direction marks between the parts. */
export function tableDate(iso: string, family: DigitFamily): string {
  const [year, month, day] = iso.slice(0, 10).split('-');
  return inFamily(`${day}/${month}/${year}`, family);
}

/** 22 تشرين الثاني 2026, for prose and letters. */
export function proseDate(iso: string, language: Language, family: DigitFamily): string {
  return dayMonthYear(formatter(locales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }), dayOf(iso), family);
}

/** 12 جمادى الآخرة 1448 (Umm al-Qura), or without its year where room is short. */
export function hijriDate(iso: string, language: Language, family: DigitFamily, withYear = true): string {
  const month = formatter(hijriLocales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return dayMonthYear(month, dayOf(iso), family, withYear);
}

/** 12/06/1448, for tables of people who count by the Hijri year (Umm al-Qura). */
export function hijriTableDate(iso: string, family: DigitFamily): string {
  const format = formatter('en-GB-u-ca-islamic-umalqura', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });
  const parts = new Map(format.formatToParts(dayOf(iso)).map((part) => [part.type, part.value]));
  return inFamily(`${parts.get('day')}/${parts.get('month')}/${parts.get('year')}`, family);
}

function dayMonthYear(format: Intl.DateTimeFormat, date: Date, family: DigitFamily, withYear = true): string {
  const parts = new Map(format.formatToParts(date).map((part) => [part.type, part.value]));
  const shown = [parts.get('day'), parts.get('month'), withYear ? parts.get('year') : undefined];
  return inFamily(shown.filter(Boolean).join(' ').replace(/[\u200e\u200f]/g, ''), family);
}

/** 14:02 in the office's time zone. */
export function clockTime(instant: string, zone: string, family: DigitFamily): string {
  return inFamily(formatter('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(instant)), family);
}

/** The office's calendar day of an instant, as 2026-11-22. */
export const officeDay = (instant: Date, zone: string): string =>
  formatter('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).format(instant);

/** How much of the year has gone, in tenths of a percent, the given day included. */
export function yearElapsedInTenths(iso: string, year: number): number {
  const start = Date.UTC(year, 0, 1);
  const length = (Date.UTC(year + 1, 0, 1) - start) / 86_400_000;
  const gone = (dayOf(iso).getTime() - start) / 86_400_000 + 1;
  return Math.round((Math.min(Math.max(gone, 0), length) * 1000) / length);
}
