import { Button } from 'antd';
import { Check, CircleDashed, PenLine } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import './wizard.css';

/** One step of rare, ordered work. */
export interface WizardStep {
  name: string;
  label: string;
  content: ReactNode;
  /** Why one cannot go on from here; nothing when one can. */
  holds?: string | undefined;
}

interface Props {
  title: string;
  steps: readonly WizardStep[];
  /** The step the address names; leaving and coming back finds it. */
  at: string;
  go: (step: string) => void;
  /** The last page: the whole effect, before anything is done. */
  commit: { label: string; danger?: boolean; ready: boolean; acting: boolean; run: () => void };
}

/** Steps in the margin, one page each; nothing is done before the last page has shown the full effect. */
export function Wizard({ title, steps, at, go, commit }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const head = useRef<HTMLHeadingElement>(null);
  const place = Math.max(0, steps.findIndex((step) => step.name === at));
  const step = steps[place]!;
  const last = place === steps.length - 1;
  const reached = (index: number) => steps.slice(0, index).every((before) => before.holds === undefined);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) head.current?.focus();
    first.current = false;
  }, [step.name]);
  const n = (number: number) => inFamily(String(number), family);
  return (
    <div className="dw-document dw-wizard">
      <aside className="dw-sheet dw-margin" aria-label={t('wizard.steps')}>
        <ol className="dw-path">
          {steps.map((one, index) => {
            const Icon = index < place ? Check : index === place ? PenLine : CircleDashed;
            return (
              <li key={one.name} className={`dw-step dw-step-${index < place ? 'done' : index === place ? 'now' : 'later'}`} aria-current={index === place ? 'step' : undefined}>
                <span className="dw-step-mark"><Icon className="dw-icon-small" size={14} aria-hidden="true" /></span>
                <span className="dw-step-words">{reached(index) && index !== place ? <button type="button" className="dw-link" onClick={() => go(one.name)}>{one.label}</button> : <b>{one.label}</b>}</span>
              </li>
            );
          })}
        </ol>
      </aside>
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <p className="dw-quiet">{t('wizard.step', { k: n(place + 1), n: n(steps.length) })}</p>
        <h2 tabIndex={-1} ref={head}>{step.label}</h2>
        {step.content}
        {step.holds && <p className="dw-strip" role="note">{step.holds}</p>}
        <div className="dw-wizard-acts">
          {place > 0 && <Button onClick={() => go(steps[place - 1]!.name)}>{t('wizard.back')}</Button>}
          {last ? (
            <Button type="primary" danger={commit.danger ?? false} disabled={!commit.ready || step.holds !== undefined} loading={commit.acting} onClick={commit.run}>{commit.label}</Button>
          ) : (
            <Button type="primary" disabled={step.holds !== undefined} onClick={() => go(steps[place + 1]!.name)}>{t('wizard.on')}</Button>
          )}
        </div>
      </section>
    </div>
  );
}
