import { Button } from 'antd';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionRowFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Code } from '../../value/Count';
import { Percent } from '../../value/Percent';
import { AmountCells } from './AmountCells';
import { Holds } from './Holds';
import { below, labelOf, type Level } from './levels';
import { useOpenRows } from './rows';
import { executedOf } from './stages';
import { StageBar } from './StageBar';
import { useRows } from './use-rows';

interface RowsProps {
  level: Level;
  depth: number;
  path: string;
  after: string | null;
}

/** A page of rows, and the next ones once asked for. */
export function ExecutionRows({ level, depth, path, after }: RowsProps) {
  const { t } = useTranslation();
  const [{ data, fetching, error }, again] = useRows(level, after);
  const [more, setMore] = useState(false);
  const rows = data?.executionReport.rows;
  if (!rows) {
    return (
      <tr>
        <td colSpan={8} className="dw-quiet">
          {fetching && t('state.loading')}
          {error && <Button size="small" onClick={() => again({ requestPolicy: 'network-only' })}>{t('state.retry')}</Button>}
        </td>
      </tr>
    );
  }
  const next = rows.pageInfo.hasNextPage ? rows.pageInfo.endCursor : null;
  return (
    <>
      {rows.nodes.map((row) => <ExecutionRow key={row.id} row={row} level={level} depth={depth} path={`${path}/${row.id}`} />)}
      {next && !more && (
        <tr>
          <td colSpan={8}><Button type="link" size="small" onClick={() => setMore(true)}>{t('state.more')}</Button></td>
        </tr>
      )}
      {next && more && <ExecutionRows level={level} depth={depth} path={path} after={next} />}
    </>
  );
}

interface RowProps {
  row: ExecutionRowFragment;
  level: Level;
  depth: number;
  path: string;
}

function ExecutionRow({ row, level, depth, path }: RowProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const rows = useOpenRows();
  const open = rows.isOpen(path);
  const inner = below(level, row);
  const { code, name } = labelOf(level, row, language);
  const classes = [depth === 0 && inner && 'dw-group', open && !inner && 'dw-opened'].filter(Boolean).join(' ');
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr className={classes} onClick={() => rows.toggle(path)}>
        <th scope="row" style={{ '--depth': depth } as CSSProperties}>
          <button
            type="button"
            className="dw-row"
            data-path={path}
            aria-expanded={open}
            aria-label={t(open ? 'execution.close' : 'execution.open', { name: `${code} ${name}` })}
            tabIndex={rows.stop === path ? 0 : -1}
            onFocus={() => rows.moveTo(path)}
            onClick={(event) => {
              event.stopPropagation();
              rows.toggle(path);
            }}
          >
            <Chevron className={open ? 'dw-icon-small' : 'dw-icon-small dw-mirrored'} aria-hidden="true" />
            <Code of={code} />
            <span className="dw-row-name" title={name}>{name}</span>
          </button>
        </th>
        <AmountCells stages={row.stages} />
        <td className="dw-executed">
          <span>
            <StageBar stages={row.stages} elapsed={rows.elapsed} />
            <Percent tenths={executedOf(row.stages)} />
          </span>
        </td>
      </tr>
      {open && inner && <ExecutionRows level={inner} depth={depth + 1} path={path} after={null} />}
      {open && !inner && row.key !== null && (
        <tr className="dw-inside">
          <td colSpan={8}><Holds year={level.year} lineKey={row.key} stages={row.stages} /></td>
        </tr>
      )}
    </>
  );
}
