import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { RecordedDaysDocument } from '../../generated/graph';
import { useSession } from '../../session/session';
import { DateInput } from '../../value/DateInput';
import { DateText } from '../../value/DateText';
import { officeDay } from '../../value/dates';
import { toLatin } from '../../value/digits';
import { EntryNumber } from '../../value/Position';
import { useFinanceScope } from '../finance-scope';
import { officeZone } from '../office';
import { useAsOf } from './as-of';

const dayLength = 86_400_000;
const plus = (day: string, days: number): string => new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10);
const between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayLength);

/** Two days, and a scrubber over the year whose marks are the days on which something was recorded. */
export default function AsOfPanel({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { year } = useFinanceScope();
  const time = useAsOf();
  const today = officeDay(new Date(), officeZone);
  const [trueOn, setTrueOn] = useState(time.trueOn ?? '');
  const [knownOn, setKnownOn] = useState(time.knownOn ?? '');
  const [knownAt, setKnownAt] = useState(time.knownAt ?? '');
  const first = `${year}-01-01`;
  const last = today < `${year}-12-31` ? today : `${year}-12-31`;
  const [{ data }] = useQuery({ query: RecordedDaysDocument, variables: { from: first, to: last }, pause: !may('finance.read') || last < first });
  const marks = data?.recordedDays ?? [];
  const length = Math.max(0, between(first, last));
  const at = knownOn && knownOn >= first && knownOn <= last ? between(first, knownOn) : length;
  const known = marks.filter((mark) => mark.day <= (knownOn || last)).at(-1);
  const show = () => {
    const place = toLatin(knownAt).replace(/[^0-9]/g, '');
    time.choose({ ...(trueOn ? { trueOn } : {}), ...(place ? { knownAt: place } : knownOn ? { knownOn } : {}) });
    done();
  };
  return (
    <form className="dw-then-panel" aria-label={t('asOf.title')} onSubmit={(event) => { event.preventDefault(); show(); }}>
      <DateInput label={t('asOf.trueOn')} value={trueOn} onChange={setTrueOn} />
      <DateInput label={t('asOf.knownOn')} value={knownOn} most={today} onChange={(day) => { setKnownOn(day); setKnownAt(''); }} />
      {length > 0 && (
        <div className="dw-then-scrub">
          <input
            type="range"
            min={0}
            max={length}
            value={at}
            aria-label={t('asOf.scrub')}
            aria-valuetext={knownOn || last}
            list="as-of-marks"
            onChange={(event) => { setKnownOn(plus(first, Number(event.target.value))); setKnownAt(''); }}
          />
          <datalist id="as-of-marks">{marks.map((mark) => <option key={mark.day} value={between(first, mark.day)} />)}</datalist>
          <div className="dw-then-marks" aria-hidden="true">
            {marks.map((mark) => <i key={mark.day} style={{ insetInlineStart: `${(between(first, mark.day) / length) * 100}%` }} />)}
          </div>
          <p className="dw-quiet"><DateText day={knownOn || last} />{known && <>{' · '}<EntryNumber of={known.position} /></>}</p>
        </div>
      )}
      <label className="dw-then-place">
        <span>{t('asOf.knownAt')}</span>
        <Input dir="ltr" inputMode="numeric" value={knownAt} onChange={(event) => { setKnownAt(event.target.value); setKnownOn(''); }} />
      </label>
      <p className="dw-quiet">{t('asOf.help')}</p>
      <div className="dw-acts">
        <Button onClick={() => { time.now(); done(); }}>{t('asOf.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!trueOn && !knownOn && !knownAt}>{t('asOf.show')}</Button>
      </div>
    </form>
  );
}
