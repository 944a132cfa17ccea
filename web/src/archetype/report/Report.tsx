import { Button } from 'antd';
import { ChartColumn, Table2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { RuledLines } from '../../sheet/Notice';
import { EntryNumber } from '../../value/Position';
import { Moment } from '../document/Margin';
import type { ChartData } from './chart';
import './report.css';

const Chart = lazy(() => import('./Chart'));

interface Props {
  /** The parameters as one sentence: execution of chapter 47 to 22/11, by programme, in dinars. */
  sentence: ReactNode;
  /** Where the parameters are changed. */
  controls?: ReactNode;
  table: ReactNode;
  chart?: ChartData;
  /** Up to which entry of the log the figures reach. */
  upTo?: string | undefined;
  /** What the figures hang on, for whoever checks them. */
  position?: string | undefined;
  name: string;
}

/** A report: its parameters in a sentence, the table, the chart one key away, and at its foot what it stands on. */
export function Report({ sentence, controls, table, chart, upTo, position, name }: Props) {
  const { t } = useTranslation();
  const { shortcuts } = usePreferences();
  const [drawn, setDrawn] = useState(false);
  const [readAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    if (!chart) return;
    const pressed = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      if (!shortcuts || writing || event.ctrlKey || event.altKey || event.metaKey || event.code !== 'KeyG') return;
      event.preventDefault();
      setDrawn((before) => !before);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [chart, shortcuts]);
  const Icon = drawn ? Table2 : ChartColumn;
  return (
    <>
      <div className="dw-report-head">
        <p className="dw-sentence">{sentence}</p>
        {chart && <Button type="text" aria-pressed={drawn} aria-keyshortcuts="G" icon={<Icon className="dw-icon-small" aria-hidden="true" />} onClick={() => setDrawn(!drawn)}>{t(drawn ? 'report.table' : 'report.chart')}</Button>}
      </div>
      {controls}
      <section className="dw-sheet dw-ruled dw-report" aria-label={name}>
        {drawn && chart ? (
          <Suspense fallback={<RuledLines rows={8} />}>
            <Chart data={chart} name={name} />
          </Suspense>
        ) : (
          table
        )}
      </section>
      <p className="dw-report-foot">
        {upTo && <span>{t('report.upTo')} <EntryNumber of={upTo} /></span>}
        <span>{t('report.readAt')} <Moment at={readAt} /></span>
        {position && <span>{t('report.position')} <bdi dir="ltr" className="dw-seal-hash">{position}</bdi></span>}
      </p>
    </>
  );
}
