import { Button, Modal } from 'antd';
import { CircleCheck, CircleX, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { Words } from '../../value/Words';
import type { Outcome } from '../act/use-command';

/** One act over many rows of the same kind; each row is its own command, with its own answer. */
export interface BulkAct<Row> {
  name: string;
  label: string;
  allowed: (row: Row) => boolean;
  /** What the act will have done, before it is done. */
  effect: (rows: readonly Row[]) => ReactNode;
  title: (row: Row) => ReactNode;
  run: (row: Row) => Promise<Outcome>;
}

interface Props<Row> {
  rows: readonly Row[];
  acts: readonly BulkAct<Row>[];
  rowKey: (row: Row) => string;
  sum?: (rows: readonly Row[]) => ReactNode;
  clear: () => void;
  /** The dialog is open: its answers stay in sight though the rows may leave the list. */
  asking?: ((open: boolean) => void) | undefined;
}

/** What is selected and what comes of it. Nothing is done before its effect was shown. */
export function SelectionBar<Row>({ rows, acts, rowKey, sum, clear, asking }: Props<Row>) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const [asked, setAsked] = useState<{ act: BulkAct<Row>; rows: readonly Row[] }>();
  const ask = (next: typeof asked) => {
    setAsked(next);
    asking?.(next !== undefined);
  };
  const count = (n: number) => t('worklist.chosen', { count: n, n: inFamily(String(n), family) });
  return (
    <div className="dw-selection" role="region" aria-label={t('worklist.selection')}>
      <b>{count(rows.length)}</b>
      {sum && <span>{sum(rows)}</span>}
      <span className="dw-push" />
      {acts.map((act) => {
        const able = rows.filter(act.allowed);
        return (
          <Button key={act.name} type="primary" disabled={able.length === 0} onClick={() => ask({ act, rows: able })}>
            {able.length === rows.length ? act.label : t('worklist.partly', { act: act.label, n: inFamily(String(able.length), family) })}
          </Button>
        );
      })}
      <Button type="text" icon={<X className="dw-icon-small" aria-hidden="true" />} onClick={clear}>{t('worklist.clear')}</Button>
      {asked && <Effect key={asked.act.name} act={asked.act} rows={asked.rows} rowKey={rowKey} leave={(done) => { ask(undefined); if (done) clear(); }} />}
    </div>
  );
}

function Effect<Row>({ act, rows, rowKey, leave }: { act: BulkAct<Row>; rows: readonly Row[]; rowKey: (row: Row) => string; leave: (done: boolean) => void }) {
  const { t } = useTranslation();
  const [results, setResults] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [running, setRunning] = useState(false);
  const done = results.size === rows.length;
  const run = async () => {
    setRunning(true);
    for (const row of rows) {
      const outcome = await act.run(row);
      setResults((before) => new Map(before).set(rowKey(row), outcome));
      if (outcome.kind === 'stepUp') break;
    }
    setRunning(false);
  };
  return (
    <Modal open title={act.label} okText={done ? t('worklist.close') : act.label} cancelText={t('acts.leave')} confirmLoading={running} onOk={() => (done ? leave(true) : void run())} onCancel={() => leave(results.size > 0)} {...(done ? { cancelButtonProps: { hidden: true } } : {})}>
      <p>{act.effect(rows)}</p>
      <ul className="dw-results">
        {rows.map((row) => {
          const outcome = results.get(rowKey(row));
          return (
            <li key={rowKey(row)}>
              {outcome && (outcome.kind === 'done' ? <CircleCheck className="dw-icon-small dw-available" aria-hidden="true" /> : <CircleX className="dw-icon-small dw-low" aria-hidden="true" />)}
              <span>{act.title(row)}</span>
              {outcome?.kind === 'refused' && <small className="dw-low"><Words of={outcome.problems[0]!.message} /></small>}
              {outcome && !['done', 'refused'].includes(outcome.kind) && <small className="dw-low">{t(`worklist.result.${outcome.kind}`)}</small>}
            </li>
          );
        })}
      </ul>
    </Modal>
  );
}
