import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { officeZone } from '../../shell/office';
import { Refusal, type Problem } from '../../sheet/Refusal';
import { inLanguage } from '../../value/BiText';
import { clockTime } from '../../value/dates';
import { inFamily } from '../../value/digits';
import { StepUpDialog } from './StepUpDialog';
import type { Commander } from './use-command';

interface Props {
  command: Commander;
  /** Reads the document again, after somebody else has changed it. */
  reread?: (() => void) | undefined;
  /** Leads from a problem to its field. */
  toField?: ((path: string) => void) | undefined;
  /** What the person may do about a refusal: figures open their documents. */
  next?: ((problem: Problem) => React.ReactNode) | undefined;
}

/** What became of the last act: refused with its figures, overtaken, not answered, or a proof asked for. */
export function OutcomeNotice({ command, reread, toField, next }: Props) {
  const { t } = useTranslation();
  const { family, language } = usePreferences();
  const { outcome, again, forget } = command;
  const clock = (at: string) => clockTime(at, officeZone, family);
  return (
    <>
      {outcome?.kind === 'refused' && <Refusal problems={outcome.problems} toField={toField} next={next} />}
      {outcome?.kind === 'conflict' && (
        <div className="dw-strip" role="alert">
          <span>{t('acts.conflict', { at: clock(outcome.conflict.changed.at(-1)?.at ?? new Date().toISOString()), who: outcome.conflict.changed.at(-1)?.actor ?? '' })}</span>
          {reread && <Button size="small" onClick={() => { forget(); reread(); }}>{t('acts.reread')}</Button>}
        </div>
      )}
      {outcome?.kind === 'unknown' && (
        <div className="dw-strip" role="alert">
          <span>{t('acts.unknown')}</span>
          <Button size="small" onClick={again}>{t('acts.askAgain')}</Button>
        </div>
      )}
      {outcome?.kind === 'stepUp' && <StepUpDialog means={outcome.means} leave={forget} proven={() => { forget(); again(); }} />}
      <p className="dw-hidden" role="status">
        {outcome?.kind === 'done' && !outcome.answer.kind && t('acts.recorded')}
        {outcome?.kind === 'done' && outcome.answer.kind && t('acts.now', { number: inFamily(outcome.answer.number, family), state: inLanguage(outcome.answer.state, language) })}
      </p>
    </>
  );
}
