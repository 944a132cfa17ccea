import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { Words } from '../../value/Words';
import type { EntryColumn } from './EntryGrid';
import type { Paste } from './model';

interface Props {
  paste: Paste;
  columns: readonly EntryColumn[];
  apply: () => void;
  leave: () => void;
}

/** What a paste will do: every cell, and those that are refused with their reason. Nothing has changed yet. */
export function PastePreview({ paste, columns, apply, leave }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const rows = [...new Set(paste.cells.map((cell) => cell.row))];
  const shown = [...new Set(paste.cells.map((cell) => cell.column))].sort((a, b) => a - b);
  const n = (number: number) => inFamily(String(number), family);
  return (
    <Modal open width={720} title={t('grid.paste.title', { rows: n(rows.length) })} okText={t(paste.refused > 0 ? 'grid.paste.rest' : 'grid.paste.act')} cancelText={t('acts.leave')} onOk={apply} onCancel={leave} okButtonProps={{ disabled: paste.refused === paste.cells.length }}>
      {paste.refused > 0 && <p className="dw-low">{t('grid.paste.refused', { count: paste.refused, n: n(paste.refused) })}</p>}
      {paste.beyond > 0 && <p className="dw-low">{t('grid.paste.beyond', { count: paste.beyond, n: n(paste.beyond) })}</p>}
      <div className="dw-scroll dw-paste" tabIndex={0} role="region" aria-label={t('grid.paste.title', { rows: n(rows.length) })}>
        <table className="dw-table">
          <thead>
            <tr>
              <th scope="col">{t('grid.row')}</th>
              {shown.map((column) => <th key={column} scope="col" className={columns[column]!.currency && 'dw-amount'}>{columns[column]!.head}</th>)}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row"><bdi>{n(row + 1)}</bdi></th>
                {shown.map((column) => {
                  const cell = paste.cells.find((one) => one.row === row && one.column === column);
                  return (
                    <td key={column} className={cell?.refusal ? 'dw-grid-fault' : columns[column]!.currency && 'dw-amount'}>
                      {cell && <Words of={cell.text} />}
                      {cell?.refusal && <small className="dw-low">{cell.refusal}</small>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
