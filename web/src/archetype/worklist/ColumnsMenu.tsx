import { Button, Checkbox, Popover } from 'antd';
import { ArrowDown, ArrowUp, Columns3, Minus, Pin, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asGiven, hiddenToggled, moved, pinToggled, sized, type ColumnLayout, type WorkColumn } from './columns';

interface Props<Row> {
  columns: readonly WorkColumn<Row>[];
  shown: readonly WorkColumn<Row>[];
  layout: ColumnLayout;
  keep: (layout: ColumnLayout) => void;
}

/** Which columns, in which order, how wide and which stay in sight; everything the mouse can do to a head, by keys. */
export function ColumnsMenu<Row>({ columns, shown, layout, keep }: Props<Row>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const visible = shown.map((column) => column.name);
  const names = [...visible, ...columns.map((column) => column.name).filter((name) => !visible.includes(name))];
  const known = new Map([...columns, ...shown].map((column) => [column.name, column]));
  const content = (
    <div className="dw-columns">
      <ul>
        {names.map((name, place) => {
          const column = known.get(name)!;
          const first = place === 0;
          const there = visible.includes(name);
          const act = (label: string, Icon: typeof Pin, next: () => ColumnLayout, pressed?: boolean) => (
            <Button type="text" size="small" disabled={first || !there} aria-pressed={pressed} aria-label={t(label, { column: column.head })} icon={<Icon className="dw-icon-small" aria-hidden="true" />} onClick={() => keep(next())} />
          );
          return (
            <li key={name}>
              <Checkbox checked={there} disabled={first} onChange={() => keep(hiddenToggled(layout, name))}>{column.head}</Checkbox>
              {act('worklist.before', ArrowUp, () => moved(layout, names, name, -1))}
              {act('worklist.after', ArrowDown, () => moved(layout, names, name, 1))}
              {act('worklist.narrower', Minus, () => sized(layout, name, column.width - 24))}
              {act('worklist.wider', Plus, () => sized(layout, name, column.width + 24))}
              {act('worklist.pin', Pin, () => pinToggled(layout, name), layout.pinned.includes(name))}
            </li>
          );
        })}
      </ul>
      <Button block onClick={() => keep(asGiven)}>{t('worklist.asGiven')}</Button>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="topRight" open={open} onOpenChange={setOpen}>
      <Button type="text" size="small" aria-expanded={open} icon={<Columns3 className="dw-icon-small" aria-hidden="true" />} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        {t('worklist.columns')}
      </Button>
    </Popover>
  );
}
