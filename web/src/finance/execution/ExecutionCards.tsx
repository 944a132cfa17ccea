import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionRowFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Code } from '../../value/Count';
import { Money } from '../../value/Money';
import { Percent } from '../../value/Percent';
import { Available } from './AmountCells';
import { Holds } from './Holds';
import { below, labelOf, type Level } from './levels';
import { executedOf } from './stages';
import { StageBar } from './StageBar';
import { useRows } from './use-rows';

interface Props {
  level: Level;
  elapsed: string;
  after?: string | null;
}

/** The phone's form of the sheet: a card a row, three facts, opened by a touch. */
export function ExecutionCards({ level, elapsed, after = null }: Props) {
  const { t } = useTranslation();
  const [{ data, fetching, error }, again] = useRows(level, after);
  const [more, setMore] = useState(false);
  const rows = data?.executionReport.rows;
  if (!rows) {
    return (
      <div className="dw-quiet">
        {fetching && t('state.loading')}
        {error && <Button onClick={() => again({ requestPolicy: 'network-only' })}>{t('state.retry')}</Button>}
      </div>
    );
  }
  const next = rows.pageInfo.hasNextPage ? rows.pageInfo.endCursor : null;
  return (
    <>
      <ul className="dw-cards">
        {rows.nodes.map((row) => <Card key={row.id} row={row} level={level} elapsed={elapsed} />)}
      </ul>
      {next && !more && <Button block onClick={() => setMore(true)}>{t('state.more')}</Button>}
      {next && more && <ExecutionCards level={level} elapsed={elapsed} after={next} />}
    </>
  );
}

function Card({ row, level, elapsed }: { row: ExecutionRowFragment; level: Level; elapsed: string }) {
  const { t } = useTranslation();
  const { language, unit } = usePreferences();
  const [open, setOpen] = useState(false);
  const inner = below(level, row);
  const { code, name } = labelOf(level, row, language);
  return (
    <li className="dw-sheet dw-card">
      <button type="button" className="dw-card-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Code of={code} /> <b>{name}</b>
      </button>
      <StageBar stages={row.stages} elapsed={elapsed} />
      <dl>
        <div><dt>{t('execution.available')}</dt><dd><Available stages={row.stages} /></dd></div>
        <div><dt>{t('execution.final')}</dt><dd><Money value={row.stages.revised} unit={unit} /></dd></div>
        <div><dt>{t('execution.paid')}</dt><dd><Percent tenths={executedOf(row.stages)} /></dd></div>
      </dl>
      {open && inner && <ExecutionCards level={inner} elapsed={elapsed} />}
      {open && !inner && row.key !== null && <Holds year={level.year} lineKey={row.key} stages={row.stages} />}
    </li>
  );
}
