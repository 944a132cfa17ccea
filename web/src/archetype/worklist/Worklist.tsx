import { Checkbox } from 'antd';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useCallback, useEffect, useId, useMemo, useRef, type CSSProperties, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Count } from '../../value/Count';
import { useKept } from '../kept';
import { arranged, asGiven, pins, sized, type ColumnLayout, type WorkColumn } from './columns';
import { ColumnsMenu } from './ColumnsMenu';
import { itemsOf, nextOrder, ordered, readOrder } from './items';
import { ResizeEdge } from './ResizeEdge';
import { SelectionBar, type BulkAct } from './SelectionBar';
import { heightOf } from './span';
import { useWorklist } from './use-worklist';
import './worklist.css';

interface Props<Row> {
  /** The name its columns are kept under on this device. */
  name: string;
  caption: string;
  columns: readonly WorkColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  more?: (() => void) | undefined;
  /** As the address carries them. */
  order?: string | undefined;
  group?: string | undefined;
  changeOrder?: (order: string | undefined) => void;
  open?: (row: Row) => void;
  /** What a row shows in place: why, which documents, the next act. */
  peek?: (row: Row) => ReactNode;
  bulk?: readonly BulkAct<Row>[];
  sum?: (rows: readonly Row[]) => ReactNode;
  totalWord?: string;
  /** Told while an act on the selection is asked and answered: the list stays until it is left. */
  asking?: (open: boolean) => void;
}

const headHeight = 38;
const footHeight = 46;
const markWidth = 44;

/** A worklist: any number of rows, head, first column and total always in sight, moved through by keys alone. */
export function Worklist<Row>({ name, caption, columns, rows, rowKey, more, order: orderText, group, changeOrder, open, peek, bulk, sum, totalWord, asking }: Props<Row>) {
  const { t } = useTranslation();
  const id = useId();
  const [layout, keep] = useKept<ColumnLayout>(`diwan.columns.${name}`, asGiven);
  const order = readOrder(orderText);
  const groupBy = columns.find((column) => column.name === group)?.group;
  // An order or a gathering is only right over all the rows: the list reads on until it has them.
  const whole = order !== undefined || groupBy !== undefined;
  const reading = whole && more !== undefined;
  const items = useMemo(() => (reading ? itemsOf(rows, undefined) : itemsOf(ordered(rows, columns, order), groupBy)), [rows, columns, orderText, groupBy, reading]);
  const shown = arranged(columns, layout);
  const selects = bulk !== undefined && bulk.length > 0;
  const list = useWorklist({ items, rowKey, open, peeks: peek !== undefined, selects, more, head: headHeight, foot: totalWord ? footHeight : 0 });

  useEffect(() => {
    if (whole && more) more();
  }, [whole, more]);

  const pinned = pins(shown, layout.pinned, selects ? markWidth : 0);
  const template = [...(selects ? [`${markWidth}px`] : []), ...shown.map((column) => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))].join(' ');
  const least = shown.reduce((total, column) => total + column.width, selects ? markWidth : 0);
  const place = (column: WorkColumn<Row>) => {
    const edge = pinned.get(column.name);
    return {
      className: [column.amount && 'dw-amount', edge !== undefined && 'dw-work-pinned'].filter(Boolean).join(' ') || undefined,
      style: edge === undefined ? undefined : ({ insetInlineStart: edge } as CSSProperties),
    };
  };
  const selectedRows = useMemo(() => rows.filter((row) => list.selected.has(rowKey(row))), [rows, list.selected, rowKey]);
  const { measured } = list;
  const watch = useRef<ResizeObserver>(undefined);
  const peekBox = useCallback(
    (box: HTMLElement | null) => {
      watch.current?.disconnect();
      if (!box) return;
      watch.current = new ResizeObserver(() => measured(box.offsetHeight));
      watch.current.observe(box);
    },
    [measured],
  );

  return (
    <>
      {selects && list.selected.size > 0 && <SelectionBar rows={selectedRows} acts={bulk} rowKey={rowKey} {...(sum ? { sum } : {})} clear={list.clear} asking={asking} />}
      <div className="dw-work" ref={list.scroller}>
        <div className="dw-work-tall" style={{ blockSize: headHeight + heightOf(list.ground) + (totalWord ? footHeight : 0), minInlineSize: least }}>
          <div
            className="dw-work-pane"
            role={peek ? 'treegrid' : 'grid'}
            tabIndex={0}
            aria-label={caption}
            aria-rowcount={more ? -1 : items.length + 1}
            aria-multiselectable={selects || undefined}
            aria-activedescendant={list.active === undefined ? undefined : `${id}-${list.active}`}
            aria-keyshortcuts={['J', 'K', 'Enter', ...(peek ? ['Space'] : []), ...(selects ? ['X', 'Shift+X'] : [])].join(' ')}
            style={{ blockSize: list.view, '--columns': template, '--row': `${list.ground.height}px` } as CSSProperties}
            onKeyDown={list.pressed}
            onMouseOver={tellWhole}
          >
            <div role="rowgroup" className="dw-work-head">
              <div role="row" className="dw-work-row" aria-rowindex={1}>
                {selects && <span role="columnheader" className="dw-work-pinned" style={{ insetInlineStart: 0 }}><span className="dw-hidden">{t('worklist.select')}</span></span>}
                {shown.map((column) => {
                  const at = order?.column === column.name ? order : undefined;
                  const Arrow = at?.down ? ChevronDown : ChevronUp;
                  return (
                    <span key={column.name} role="columnheader" {...place(column)} aria-sort={column.value ? (at ? (at.down ? 'descending' : 'ascending') : 'none') : undefined}>
                      {column.value && changeOrder ? (
                        <button type="button" className="dw-work-order" onClick={() => changeOrder(nextOrder(column.name, order))}>
                          {column.head}
                          {at && <Arrow className="dw-icon-small" size={14} aria-hidden="true" />}
                        </button>
                      ) : (
                        column.head
                      )}
                      <ResizeEdge name={column.head} width={column.width} size={(width) => keep(sized(layout, column.name, width))} />
                    </span>
                  );
                })}
              </div>
            </div>
            <div role="rowgroup" className="dw-work-body">
              <div role="presentation" style={{ marginBlockStart: -list.span.offset }}>
                {items.slice(list.span.from, list.span.to).map((item, drawn) => {
                  const index = list.span.from + drawn;
                  if (item.kind === 'group') {
                    return (
                      <div key={`group ${item.name}`} role="row" className="dw-work-group" aria-rowindex={index + 2}>
                        <span role="gridcell" aria-colspan={shown.length + (selects ? 1 : 0)}>
                          <b>{item.name}</b> <span className="dw-quiet"><Count of={item.rows.length} /></span> {sum && <span className="dw-work-sum">{sum(item.rows)}</span>}
                        </span>
                      </div>
                    );
                  }
                  const key = rowKey(item.row);
                  const chosen = list.selected.has(key);
                  const peeked = list.peeked === key && peek !== undefined;
                  return (
                    <div key={key} role="presentation">
                      <div
                        id={`${id}-${key}`}
                        role="row"
                        className={['dw-work-row', list.active === key && 'dw-work-active', chosen && 'dw-work-chosen', peeked && 'dw-work-peeked'].filter(Boolean).join(' ')}
                        aria-rowindex={index + 2}
                        aria-selected={selects ? chosen : undefined}
                        aria-expanded={peek ? peeked : undefined}
                        onClick={() => list.setActive(key)}
                        onDoubleClick={() => open?.(item.row)}
                      >
                        {selects && (
                          <span role="gridcell" className="dw-work-pinned dw-work-mark" style={{ insetInlineStart: 0 }}>
                            <Checkbox tabIndex={-1} checked={chosen} aria-label={t('worklist.selectRow')} onClick={(event) => list.select(key, event.shiftKey)} />
                          </span>
                        )}
                        {shown.map((column, at) => (
                          <span key={column.name} role={at === 0 ? 'rowheader' : 'gridcell'} {...place(column)}>{column.cell(item.row)}</span>
                        ))}
                      </div>
                      {peeked && (
                        <div role="row" className="dw-work-inside">
                          <div role="gridcell" aria-colspan={shown.length} ref={peekBox}>{peek(item.row)}</div>
                        </div>
                      )}
                    </div>
                  );
                })}
              </div>
            </div>
            {totalWord && (
              <div role="rowgroup" className="dw-work-foot">
                <div role="row" className="dw-work-row" aria-rowindex={items.length + 2}>
                  {selects && <span role="gridcell" className="dw-work-pinned" style={{ insetInlineStart: 0 }} />}
                  {shown.map((column, at) => (
                    <span key={column.name} role={at === 0 ? 'rowheader' : 'gridcell'} {...place(column)}>{at === 0 ? totalWord : column.total}</span>
                  ))}
                </div>
              </div>
            )}
          </div>
        </div>
      </div>
      <div className="dw-work-below">
        <span role="status" className="dw-quiet">{reading ? t('worklist.readingOn', { n: rows.length }) : ''}</span>
        <ColumnsMenu columns={columns} shown={shown} layout={layout} keep={keep} />
      </div>
    </>
  );
}

/** A text that is cut tells itself whole. */
function tellWhole(event: MouseEvent) {
  if (!(event.target instanceof HTMLElement)) return;
  const cell = event.target.closest<HTMLElement>('[role=gridcell], [role=rowheader], [role=columnheader]');
  const cut = cell && [cell, ...cell.querySelectorAll('bdi')].some((part) => part.scrollWidth > part.clientWidth + 1);
  if (cell && cut) cell.title = cell.innerText;
  else cell?.removeAttribute('title');
}
