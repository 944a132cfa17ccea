import { parseDate, type CalendarDate } from '@internationalized/date';
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button, Calendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell, DateInput as Segments, DatePicker, DateSegment, Dialog, Group, Heading, I18nProvider, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { hijriDate, proseDate } from './dates';
import './date-input.css';

interface Props {
  /** A day, 2026-11-22, or nothing yet. */
  value: string;
  onChange: (day: string) => void;
  label: string;
  /** The label stands elsewhere; it is still read out. */
  labelHidden?: boolean;
  name?: string;
  invalid?: boolean;
  least?: string | undefined;
  most?: string | undefined;
}

type System = 'gregorian' | 'hijri';

const day = (iso: string | undefined): CalendarDate | undefined => (iso && /^\d{4}-\d{2}-\d{2}$/.test(iso) ? parseDate(iso) : undefined);

/** A day, typed or chosen in either calendar; what is kept is the Gregorian day, the other is always beside it. */
export function DateInput({ value, onChange, label, labelHidden, name, invalid, least, most }: Props) {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const [system, setSystem] = useState<System>('gregorian');
  const digits = family === 'arabic' ? 'arab' : 'latn';
  const locale = `${language === 'ar' ? 'ar-JO' : 'en-GB'}-u-ca-${system === 'hijri' ? 'islamic-umalqura' : 'gregory'}-nu-${digits}`;
  const other: System = system === 'hijri' ? 'gregorian' : 'hijri';
  const beside = value === '' ? '' : system === 'hijri' ? proseDate(value, language, family) : hijriDate(value, language, family);
  const min = day(least);
  const max = day(most);
  return (
    <I18nProvider locale={locale}>
      <DatePicker
        aria-label={label}
        {...(name ? { name } : {})}
        value={day(value) ?? null}
        onChange={(chosen) => onChange(chosen ? gregorian(chosen) : '')}
        isInvalid={invalid ?? false}
        {...(min ? { minValue: min } : {})}
        {...(max ? { maxValue: max } : {})}
        className="dw-date-input"
      >
        {!labelHidden && <span className="dw-field-label">{label}</span>}
        <Group className="dw-date-group">
          <Segments className="dw-date-segments">{(segment) => <DateSegment segment={segment} className="dw-date-segment" />}</Segments>
          <Button className="dw-date-button"><CalendarDays className="dw-icon-small" aria-hidden="true" /></Button>
        </Group>
        <span className="dw-date-other">
          <bdi>{beside}</bdi>
          <button type="button" className="dw-link" onClick={() => setSystem(other)}>{t(`date.in.${other}`)}</button>
        </span>
        <Popover className="dw-date-list">
          <Dialog aria-label={label}>
            <Calendar>
              <header className="dw-date-head">
                <Button slot="previous" className="dw-date-button"><ChevronLeft className="dw-icon-small dw-mirrored" aria-hidden="true" /></Button>
                <Heading level={2} />
                <Button slot="next" className="dw-date-button"><ChevronRight className="dw-icon-small dw-mirrored" aria-hidden="true" /></Button>
              </header>
              <CalendarGrid weekdayStyle="short">
                <CalendarGridHeader>{(weekday) => <CalendarHeaderCell>{weekday}</CalendarHeaderCell>}</CalendarGridHeader>
                <CalendarGridBody>{(date) => <CalendarCell date={date} className="dw-date-cell" />}</CalendarGridBody>
              </CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

/** The stored day of a day of any calendar. */
function gregorian(chosen: { toString(): string }): string {
  return chosen.toString().slice(0, 10);
}
