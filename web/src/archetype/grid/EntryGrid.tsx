import { Button } from 'antd';
import { CircleAlert, Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { moneyText, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { evaluate } from './formula';
import { applied, copiedDown, led, parseTable, pasted, withoutRow, withRow, written, type Cells, type Paste, type Place } from './model';
import { PastePreview } from './PastePreview';
import './grid.css';

/** A column that is typed into. */
export interface EntryColumn {
  name: string;
  head: string;
  width?: string;
  /** Amounts take formulas and align by their last digit. */
  currency?: string;
  /** Why a text cannot stand here, in words; nothing when it can. */
  refuse?: (text: string) => string | undefined;
  /** An editor of its own, such as the list of budget keys. */
  editor?: (edit: CellEdit) => ReactNode;
  /** How the text is shown while it is not edited. */
  shown?: (text: string) => ReactNode;
}

/** What an editor of a cell is given. */
export interface CellEdit {
  text: string;
  label: string;
  change: (text: string) => void;
  /** Takes the text and goes on. */
  done: (text: string) => void;
  leave: () => void;
}

/** Typing that opened the editor goes on behind its first letter. */
export const caretAtEnd = (field: HTMLInputElement | null): void => field?.setSelectionRange(field.value.length, field.value.length);

interface Props {
  caption: string;
  columns: readonly EntryColumn[];
  cells: Cells;
  change: (cells: Cells) => void;
  /** Columns that follow from what is typed, such as what is left of a line. */
  beside?: readonly { name: string; head: string; cell: (row: readonly string[], at: number) => ReactNode }[];
  /** Refusals that came with an answer, by row. */
  problems?: ReadonlyMap<number, string>;
  total?: ReactNode;
}

/** Lines typed as in a spreadsheet: arrows and Tab as seen, F2, copy-down, paste with a preview, formulas, errors in a gutter. */
export function EntryGrid({ caption, columns, cells, change, beside = [], problems, total }: Props) {
  const { t } = useTranslation();
  const { family, language } = usePreferences();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<{ place: Place; text: string }>();
  const [paste, setPaste] = useState<Paste>();
  const wanted = useRef(false);
  const size = { rows: cells.length, columns: columns.length };
  const here: Place = { row: Math.min(at.row, size.rows - 1), column: at.column };

  useEffect(() => {
    if (!wanted.current || editing) return;
    wanted.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-place="${here.row}.${here.column}"]`)?.focus();
  });
  const go = (place: Place) => {
    wanted.current = true;
    setAt(place);
  };

  /** The text as it will stand: a formula becomes its amount, an amount is grouped; what is wrong stays as typed. */
  const settled = (column: EntryColumn, text: string): string => {
    if (!column.currency) return text;
    const answer = text.trim().startsWith('=') ? evaluate(text, column.currency) : readAmount(text, column.currency);
    return 'value' in answer ? moneyText(answer.value, family) : text;
  };
  const faultOf = (column: EntryColumn, text: string): string | undefined => {
    if (text === '') return undefined;
    if (column.currency && text.trim().startsWith('=')) {
      const answer = evaluate(text, column.currency);
      return 'refusal' in answer ? t(`grid.formula.${answer.refusal}`) : undefined;
    }
    return column.refuse?.(text);
  };
  const take = (place: Place, text: string) => {
    const after = written(cells, place, settled(columns[place.column]!, text));
    setEditing(undefined);
    change(after);
    return after;
  };
  /** Enter leads down its column, and from a written row to the beginning of an empty one; after the last row it opens the next. */
  const down = (place: Place, after: Cells = cells) => {
    const below = after[place.row + 1];
    const begun = after[place.row]!.some((cell) => cell !== '');
    if (!below && begun) change(withRow(after, columns.length));
    if (!below && !begun) return go(place);
    go({ row: place.row + 1, column: begun && (below ?? []).every((cell) => cell === '') ? 0 : place.column });
  };
  const edit = (place: Place, text: string) => setEditing({ place, text });

  const pressed = (event: KeyboardEvent, place: Place) => {
    const key = event.shiftKey && (event.key === 'Tab' || event.key === 'Enter') ? `Shift+${event.key}` : event.key;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && event.code === 'KeyD') change(copiedDown(cells, place));
    else if (ctrl && event.code === 'Backspace') {
      change(withoutRow(cells, place.row, columns.length));
      go({ row: Math.max(0, Math.min(place.row, cells.length - 2)), column: place.column });
    } else if (ctrl || event.altKey) return;
    else if (event.key === 'F2') edit(place, cells[place.row]![place.column]!);
    else if (event.key === 'Delete' || event.key === 'Backspace') change(written(cells, place, ''));
    else if (key === 'Enter') down(place);
    else if (event.key.length === 1 && event.key !== ' ') edit(place, event.key);
    else {
      const next = led(place, key, size, language === 'ar');
      if (next === undefined || (next.row === place.row && next.column === place.column)) return;
      go(next);
    }
    event.preventDefault();
  };
  const editPressed = (event: KeyboardEvent<HTMLInputElement>) => {
    const { place, text } = editing!;
    if (event.key === 'Escape') {
      setEditing(undefined);
      go(place);
    } else if (event.key === 'Enter') {
      const after = take(place, text);
      if (event.shiftKey) go(led(place, 'Shift+Enter', size, false)!);
      else down(place, after);
    } else if (event.key === 'Tab') {
      take(place, text);
      const next = led(place, event.shiftKey ? 'Shift+Tab' : 'Tab', size, false);
      if (!next) return;
      go(next);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const inserted = (event: ClipboardEvent, place: Place) => {
    const table = parseTable(event.clipboardData.getData('text/plain'));
    event.preventDefault();
    const plan = pasted(table, place, columns.length, (column, text) => faultOf(columns[column]!, text));
    if (plan.refused === 0 && plan.beyond === 0 && plan.cells.length === 1) change(applied(cells, plan, columns.length));
    else setPaste(plan);
  };

  return (
    <div className="dw-grid">
      <div ref={grid} role="grid" aria-label={caption} aria-rowcount={cells.length + 1} className="dw-grid-table" style={{ '--cells': [...columns.map((column) => column.width ?? 'minmax(0, 1fr)'), ...beside.map(() => 'minmax(120px, 150px)')].join(' ') } as React.CSSProperties}>
        <div role="row" className="dw-grid-row dw-grid-head">
          <span role="columnheader"><span className="dw-hidden">{t('grid.row')}</span></span>
          {columns.map((column) => <span key={column.name} role="columnheader" className={column.currency ? 'dw-amount' : undefined}>{column.head}</span>)}
          {beside.map((column) => <span key={column.name} role="columnheader" className="dw-amount">{column.head}</span>)}
          <span role="columnheader"><span className="dw-hidden">{t('grid.remove')}</span></span>
        </div>
        {cells.map((row, rowAt) => {
          const faults = [...columns.flatMap((column, columnAt) => faultOf(column, row[columnAt]!) ?? []), ...(problems?.get(rowAt) ? [problems.get(rowAt)!] : [])];
          return (
            <div key={rowAt} role="row" className="dw-grid-row" aria-rowindex={rowAt + 2}>
              <span role="rowheader" className="dw-grid-gutter" id={`${id}-${rowAt}`}>
                {faults.length > 0 ? (
                  <>
                    <CircleAlert className="dw-icon-small dw-low" aria-hidden="true" />
                    <span className="dw-hidden">{faults.join(' ')}</span>
                  </>
                ) : (
                  <bdi>{inFamily(String(rowAt + 1), family)}</bdi>
                )}
              </span>
              {columns.map((column, columnAt) => {
                const place = { row: rowAt, column: columnAt };
                const text = row[columnAt]!;
                const edited = editing?.place.row === rowAt && editing.place.column === columnAt;
                const label = t('grid.cell', { column: column.head, row: inFamily(String(rowAt + 1), family) });
                return (
                  <span
                    key={column.name}
                    role="gridcell"
                    data-place={`${rowAt}.${columnAt}`}
                    data-head={column.head}
                    className={['dw-grid-cell', column.currency && 'dw-amount', faultOf(column, text) && 'dw-grid-fault'].filter(Boolean).join(' ')}
                    tabIndex={edited ? -1 : here.row === rowAt && here.column === columnAt ? 0 : -1}
                    aria-label={edited ? undefined : `${label}: ${text === '' ? t('grid.empty') : text}`}
                    aria-invalid={faultOf(column, text) !== undefined || undefined}
                    onFocus={(event) => event.target === event.currentTarget && setAt(place)}
                    onKeyDown={(event) => event.target === event.currentTarget && pressed(event, place)}
                    onPaste={(event) => event.target === event.currentTarget && inserted(event, place)}
                    onClick={() => !edited && edit(place, text)}
                  >
                    {edited && column.editor ? (
                      column.editor({
                        text: editing.text,
                        label,
                        change: (next) => setEditing({ place, text: next }),
                        done: (next) => {
                          take(place, next);
                          go(led(place, 'Tab', size, false) ?? place);
                        },
                        leave: () => {
                          setEditing(undefined);
                          go(place);
                        },
                      })
                    ) : edited ? (
                      <input
                        autoFocus
                        ref={caretAtEnd}
                        className="dw-grid-input"
                        dir={column.currency ? 'ltr' : 'auto'}
                        inputMode={column.currency ? 'decimal' : 'text'}
                        aria-label={label}
                        value={editing.text}
                        onChange={(event) => setEditing({ place, text: event.target.value })}
                        onKeyDown={editPressed}
                        onBlur={() => editing && take(place, editing.text)}
                      />
                    ) : (
                      (column.shown?.(text) ?? <Settled text={text} currency={column.currency} />)
                    )}
                  </span>
                );
              })}
              {beside.map((column) => <span key={column.name} role="gridcell" data-head={column.head} className="dw-grid-beside dw-amount">{column.cell(row, rowAt)}</span>)}
              <span role="gridcell" className="dw-grid-remove">
                <Button type="text" size="small" tabIndex={-1} aria-label={t('grid.removeRow', { row: inFamily(String(rowAt + 1), family) })} icon={<Trash2 className="dw-icon-small" aria-hidden="true" />} onClick={() => change(withoutRow(cells, rowAt, columns.length))} />
              </span>
            </div>
          );
        })}
      </div>
      <ul className="dw-grid-faults" aria-live="polite">
        {cells.flatMap((row, rowAt) =>
          [...columns.flatMap((column, columnAt) => faultOf(column, row[columnAt]!) ?? []), ...(problems?.get(rowAt) ? [problems.get(rowAt)!] : [])].map((fault) => (
            <li key={`${rowAt} ${fault}`}><bdi>{inFamily(String(rowAt + 1), family)}</bdi> · <Words of={fault} /></li>
          )),
        )}
      </ul>
      <div className="dw-grid-below">
        <Button size="small" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => { change(withRow(cells, columns.length)); go({ row: cells.length, column: 0 }); }}>{t('grid.add')}</Button>
        <span className="dw-quiet dw-grid-keys">{t('grid.keys')}</span>
        {total && <span className="dw-grid-total">{total}</span>}
      </div>
      {paste && (
        <PastePreview
          paste={paste}
          columns={columns}
          leave={() => { setPaste(undefined); go(here); }}
          apply={() => {
            change(applied(cells, paste, columns.length));
            setPaste(undefined);
            go(here);
          }}
        />
      )}
    </div>
  );
}

/** A cell at rest: an amount as amounts are shown, what is not one as it was typed. */
function Settled({ text, currency }: { text: string; currency: string | undefined }) {
  if (!currency || text === '') return <bdi>{text}</bdi>;
  const answer = text.trim().startsWith('=') ? evaluate(text, currency) : readAmount(text, currency);
  return 'value' in answer ? <Money value={answer.value} /> : <bdi dir="ltr">{text}</bdi>;
}
