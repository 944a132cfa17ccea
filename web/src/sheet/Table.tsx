import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<Row> {
  name: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Amounts align by their last digit. */
  amount?: boolean;
  /** What this column's total is; shown under the double rule. */
  total?: ReactNode;
  width?: string;
}

interface Props<Row> {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The word at the head of the total; without one there is no total. */
  totalWord?: string;
  more?: (() => void) | undefined;
  minimum?: string;
}

/** A sheet's table: head and total stay in sight, the first column names the row. */
export function Table<Row>({ caption, columns, rows, rowKey, totalWord, more, minimum }: Props<Row>) {
  const { t } = useTranslation();
  const amount = (column: Column<Row>) => (column.amount ? 'dw-amount' : undefined);
  return (
    <div className="dw-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="dw-table" style={{ minInlineSize: minimum }}>
        <caption className="dw-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={amount(column)} style={{ inlineSize: column.width }}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.name} scope="row">{column.cell(row)}</th>
                ) : (
                  <td key={column.name} className={amount(column)}>{column.cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {totalWord && (
          <tfoot>
            <tr>
              <th scope="row">{totalWord}</th>
              {columns.slice(1).map((column) => <td key={column.name} className={amount(column)}>{column.total}</td>)}
            </tr>
          </tfoot>
        )}
      </table>
      {more && (
        <div className="dw-more">
          <Button onClick={more}>{t('state.more')}</Button>
        </div>
      )}
    </div>
  );
}
