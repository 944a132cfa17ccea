import { Button } from 'antd';
import { History } from 'lucide-react';
import { Trans, useTranslation } from 'react-i18next';
import { DateText } from '../../value/DateText';
import { EntryNumber } from '../../value/Position';
import { useAsOf } from './as-of';
import './as-of.css';

/** The time on screen, in words. */
export function AsOfWords() {
  const { trueOn, knownOn, knownAt } = useAsOf();
  return (
    <>
      {trueOn && <Trans i18nKey="asOf.trueOnDay" components={{ day: <b><DateText day={trueOn} /></b> }} />}
      {trueOn && (knownOn || knownAt) && ' · '}
      {knownOn && <Trans i18nKey="asOf.knownOnDay" components={{ day: <b><DateText day={knownOn} /></b> }} />}
      {knownAt && <Trans i18nKey="asOf.knownAtEntry" components={{ number: <b><EntryNumber of={knownAt} /></b> }} />}
    </>
  );
}

/** The lapis strip: another time is on screen, nothing can be done in it, and the way back. */
export function AsOfStrip() {
  const { t } = useTranslation();
  const { active, now } = useAsOf();
  return (
    <div role="status" className={active ? 'dw-band dw-band-then' : undefined}>
      {active && (
        <>
          <History className="dw-icon-small" aria-hidden="true" />
          <span><AsOfWords /> <span className="dw-then-note">{t('asOf.noActs')}</span></span>
          <Button size="small" className="dw-unprinted" aria-keyshortcuts="Shift+T" onClick={now}>{t('asOf.back')}</Button>
        </>
      )}
    </div>
  );
}
