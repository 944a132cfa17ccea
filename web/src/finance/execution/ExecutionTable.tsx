import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { Code } from '../../value/Count';
import { moneyText, type MoneyValue } from '../../value/money';
import { Percent } from '../../value/Percent';
import { AmountCells } from './AmountCells';
import { ExecutionRows } from './ExecutionRows';
import type { Level } from './levels';
import { OpenRowsContext, type OpenRows } from './rows';
import { executedOf, heldOf } from './stages';
import { StageBar } from './StageBar';
import type { Report } from './use-rows';

interface Props {
  report: Report;
  level: Level;
  chapter: string | undefined;
}

/** The sheet: rows that open in place, head and total always in sight. One tab stop; arrows move and open as seen. */
export function ExecutionTable({ report, level, chapter }: Props) {
  const { t } = useTranslation();
  const { language, family, unit } = usePreferences();
  const table = useRef<HTMLTableElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [stop, setStop] = useState<string>();
  const first = report.rows.nodes[0];

  const rows = useMemo<OpenRows>(
    () => ({
      isOpen: (path) => open.has(path),
      toggle: (path) => setOpen((before) => toggled(before, path)),
      stop: stop ?? (first && `/${first.id}`),
      moveTo: setStop,
      elapsed: report.elapsed,
    }),
    [open, stop, first, report.elapsed],
  );

  const pressed = (event: KeyboardEvent) => {
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-path]') : null;
    if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
    const path = button.dataset['path']!;
    const inward = language === 'ar' ? 'ArrowLeft' : 'ArrowRight';
    const outward = language === 'ar' ? 'ArrowRight' : 'ArrowLeft';
    if (event.code === 'ArrowDown' || event.code === 'KeyJ') step(button, 1);
    else if (event.code === 'ArrowUp' || event.code === 'KeyK') step(button, -1);
    else if (event.code === inward && !open.has(path)) rows.toggle(path);
    else if (event.code === outward && open.has(path)) rows.toggle(path);
    else return;
    event.preventDefault();
  };
  const step = (from: HTMLElement, by: number) => {
    const buttons = [...(table.current?.querySelectorAll<HTMLElement>('[data-path]') ?? [])];
    buttons[buttons.indexOf(from) + by]?.focus();
  };

  const { total } = report;
  const head = [
    { name: 'revised', total: total.revised },
    { name: 'released', total: total.released },
    { name: 'held', total: heldOf(total) },
    { name: 'unpaid', total: total.unpaid },
    { name: 'paid', total: total.paid },
    { name: 'available', total: total.availableNow },
  ] as const;
  const lengthOf = (amount: MoneyValue) => moneyText(amount, family, unit).length;
  return (
    <OpenRowsContext value={rows}>
      <div className="dw-scroll">
        <table className="dw-table dw-execution" ref={table} onKeyDown={pressed} style={characters(head.reduce((sum, { total }) => sum + lengthOf(total), 0))}>
          <caption className="dw-hidden">{t('execution.caption', { year: report.year })}</caption>
          <thead>
            <tr>
              <th scope="col">{t(`execution.row.${level.by ?? 'ITEM'}`)}</th>
              {head.map((column) => (
                <th key={column.name} scope="col" className="dw-amount" style={characters(lengthOf(column.total))}>{t(`execution.${column.name}`)}</th>
              ))}
              <th scope="col">{t('execution.executed')}</th>
            </tr>
          </thead>
          <tbody>
            <ExecutionRows level={level} depth={0} path="" after={null} />
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">
                <span className="dw-total">
                  {chapter && <Code of={chapter} />}
                  {t(chapter ? 'execution.chapterTotal' : 'execution.total')}
                </span>
              </th>
              <AmountCells stages={report.total} />
              <td className="dw-executed">
                <span>
                  <StageBar stages={report.total} elapsed={report.elapsed} />
                  <Percent tenths={executedOf(report.total)} />
                </span>
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </OpenRowsContext>
  );
}

const characters = (count: number) => ({ '--characters': count }) as CSSProperties;

function toggled(before: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(path)) after.add(path);
  return after;
}
