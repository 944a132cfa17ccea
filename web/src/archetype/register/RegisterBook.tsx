import { Stamp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../value/DateText';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { gapsOf, daysOf, type Seal } from './days';
import './register.css';

/** A column of the book; numbers stand first, amounts last. */
export interface BookColumn<Entry> {
  name: string;
  head: string;
  width?: string;
  amount?: boolean;
  cell: (entry: Entry) => ReactNode;
}

interface Props<Entry> {
  caption: string;
  columns: readonly BookColumn<Entry>[];
  /** The newest first, as the series gave them. */
  entries: readonly Entry[];
  entryKey: (entry: Entry) => string;
  dayOf: (entry: Entry) => string;
  /** The place in the series; one that is missing between two is told. */
  serial: (entry: Entry) => number | undefined;
  /** What was written beside an entry afterwards: a mirror, a correction. Nothing is changed in it. */
  note?: (entry: Entry) => ReactNode;
  seal?: ((day: string) => Seal | undefined) | undefined;
  more?: (() => void) | undefined;
}

/** A register (دفتر): ruled pages, one number after the other, corrections in the margin, a line where a day is sealed. */
export function RegisterBook<Entry>({ caption, columns, entries, entryKey, dayOf, serial, note, seal, more }: Props<Entry>) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const days = daysOf(entries, dayOf);
  const gaps = gapsOf(entries, serial);
  const n = (number: number) => inFamily(String(number), family);
  return (
    <div className="dw-scroll dw-book" tabIndex={0} role="region" aria-label={caption}>
      <table className="dw-table dw-book-table">
        <caption className="dw-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => <th key={column.name} scope="col" className={column.amount ? 'dw-amount' : undefined} style={{ inlineSize: column.width }}>{column.head}</th>)}
            <th scope="col" className="dw-book-margin">{t('register.margin')}</th>
          </tr>
        </thead>
        {days.map(({ day, entries: written }) => {
          const sealed = seal?.(day);
          return (
            <tbody key={day}>
              <tr className={sealed ? 'dw-seal' : 'dw-seal dw-seal-open'}>
                <td colSpan={columns.length + 1}>
                  <span>
                    {sealed && <Stamp className="dw-icon-small" aria-hidden="true" />}
                    {sealed ? t('register.sealed') : t('register.open')} <DateText day={day} /> · {t('register.count', { count: written.length, n: n(written.length) })}
                    {sealed && <> · <bdi dir="ltr" className="dw-seal-hash" title={sealed.hash}>{sealed.hash.slice(0, 16)}…</bdi></>}
                  </span>
                </td>
              </tr>
              {written.map((entry) => {
                const missing = gaps.get(entry);
                return (
                  <tr key={entryKey(entry)}>
                    {columns.map((column, at) =>
                      at === 0 ? (
                        <th key={column.name} scope="row">
                          {column.cell(entry)}
                          {missing !== undefined && <small className="dw-low"> {t('register.gap', { count: missing, n: n(missing) })}</small>}
                        </th>
                      ) : (
                        <td key={column.name} className={column.amount ? 'dw-amount' : undefined}>{column.cell(entry)}</td>
                      ),
                    )}
                    <td className="dw-book-margin">{note?.(entry)}</td>
                  </tr>
                );
              })}
            </tbody>
          );
        })}
      </table>
      {more && <div className="dw-more"><button type="button" className="dw-link" onClick={more}>{t('state.more')}</button></div>}
    </div>
  );
}
