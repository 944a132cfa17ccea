import { useTranslation } from 'react-i18next';
import { EntryGrid, type EntryColumn } from '../../archetype/grid/EntryGrid';
import type { Cells } from '../../archetype/grid/model';
import { useFinanceScope } from '../../shell/finance-scope';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { exponentOf, fromMinor, minorUnits, readAmount, type MoneyValue } from '../../value/money';
import { Money } from '../../value/Money';
import { toLatin } from '../../value/digits';
import { KeyPicker } from './KeyPicker';
import { namesOf, useLine } from './use-lines';

interface Props {
  caption: string;
  cells: Cells;
  change: (cells: Cells) => void;
  currency: string;
  problems?: ReadonlyMap<number, string>;
  /** What is free before and after each line: nothing for documents that do not take from it. */
  availability?: 'now' | 'year';
  /** Negative amounts are right: they give back what positive ones take, or, in a virement, go out of a line. */
  signed?: 'takes' | 'gives';
  /** A third column between key and amount. */
  between?: EntryColumn;
}

export const emptyLines: Cells = [['', '']];

/** The lines of a document being written: budget key and amount, with what stays available while typing. */
export function LinesEntry({ caption, cells, change, currency, problems, availability, signed, between }: Props) {
  const { t } = useTranslation();
  const { year } = useFinanceScope();
  const amountAt = between ? 2 : 1;
  const columns: EntryColumn[] = [
    { name: 'key', head: t('segment.KEY'), width: 'minmax(220px, 2fr)', editor: (edit) => <KeyPicker {...edit} />, shown: (text) => <KeyCell year={year} of={text} />, refuse: (text) => (/^[\d-]+$/.test(toLatin(text)) ? undefined : t('lines.notKey')) },
    ...(between ? [between] : []),
    { name: 'amount', head: t('lines.amount'), width: 'minmax(130px, 1fr)', currency, refuse: (text) => refusalOf(text, currency, signed !== undefined, t) },
  ];
  const total = sumOf(cells, amountAt, currency);
  const beside = availability
    ? [
        { name: 'before', head: t(availability === 'year' ? 'lines.freeYear' : 'lines.free'), cell: (row: readonly string[]) => <Free year={year} lineKey={row[0]!} of={availability} /> },
        { name: 'after', head: t('lines.after'), cell: (row: readonly string[], at: number) => <Free year={year} lineKey={row[0]!} of={availability} less={usedBy(cells, at, amountAt, currency, signed === 'gives')} /> },
      ]
    : [];
  return (
    <EntryGrid
      caption={caption}
      columns={columns}
      cells={cells}
      change={change}
      beside={beside}
      {...(problems ? { problems } : {})}
      total={<>{t('lines.total')} <Money value={fromMinor(total, currency)} strong /></>}
    />
  );
}

function refusalOf(text: string, currency: string, signed: boolean, t: (key: string, values: { decimals?: number }) => string): string | undefined {
  const read = readAmount(text, currency);
  if ('refusal' in read) return t(`amount.${read.refusal}`, { decimals: exponentOf(currency) });
  return !signed && minorUnits(read.value) <= 0n ? t('amount.notPositive', {}) : undefined;
}

function unitsOf(text: string, currency: string): bigint {
  const read = readAmount(text, currency);
  return 'value' in read ? minorUnits(read.value) : 0n;
}

export const sumOf = (cells: Cells, column: number, currency: string): bigint => cells.reduce((sum, row) => sum + unitsOf(row[column] ?? '', currency), 0n);

/** What the lines of the same key up to this one take together. */
function usedBy(cells: Cells, at: number, column: number, currency: string, gives: boolean): bigint {
  const key = cells[at]![0];
  const used = cells.slice(0, at + 1).filter((row) => row[0] === key).reduce((sum, row) => sum + unitsOf(row[column] ?? '', currency), 0n);
  return gives ? -used : used;
}

function KeyCell({ year, of }: { year: number; of: string }) {
  const line = useLine(year, of);
  if (of === '') return null;
  return (
    <span className="dw-key-cell">
      <Code of={of} />
      {line && <small>{namesOf(line.segments).slice(-2).map((name, at) => <span key={at}>{at > 0 && ' · '}<BiText text={name} /></span>)}</small>}
    </span>
  );
}

function Free({ year, lineKey, of, less = 0n }: { year: number; lineKey: string; of: 'now' | 'year'; less?: bigint }) {
  const { t } = useTranslation();
  const line = useLine(year, lineKey);
  if (lineKey === '') return null;
  if (line === undefined) return <span className="dw-quiet">…</span>;
  if (line === null) return <span className="dw-low">{t('lines.unknown')}</span>;
  const now: MoneyValue = of === 'year' ? line.stages.availableYear : line.stages.availableNow;
  const left = minorUnits(now) - less;
  return <Money value={fromMinor(left, now.currency)} {...(left < 0n ? { tone: 'low' as const } : {})} />;
}

/** Lines as an input takes them; rows without anything in them are left out. */
export function linesInput(cells: Cells, currency: string): { key: string; amount: string }[] {
  return cells.filter((row) => row.some((cell) => cell !== '')).map((row) => {
    const amount = readAmount(row.at(-1)!, currency);
    return { key: toLatin(row[0]!).trim(), amount: 'value' in amount ? amount.value.amount : toLatin(row.at(-1)!) };
  });
}

/** Problems of an answer by the row they belong to: lines.2.amount is the third that was sent. */
export function problemsByRow(problems: readonly { path?: string | null; message: string }[], cells: Cells): Map<number, string> {
  const sent = cells.flatMap((row, at) => (row.some((cell) => cell !== '') ? [at] : []));
  const found = new Map<number, string>();
  for (const problem of problems) {
    const place = /^lines\.(\d+)/.exec(problem.path ?? '')?.[1];
    const row = place === undefined ? undefined : sent[Number(place)];
    if (row !== undefined) found.set(row, problem.message);
  }
  return found;
}
