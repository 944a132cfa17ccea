import { Check, CircleDashed, PenLine, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HappenedFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { officeZone } from '../../shell/office';
import { BiText, type TextValue } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { clockTime, officeDay } from '../../value/dates';
import { EntryNumber } from '../../value/Position';
import { Person } from '../../value/Person';
import { Words } from '../../value/Words';

/** A step of a document's path: done, waiting now, later, or where it was stopped. */
export interface Step {
  name: string;
  label: string;
  state: 'done' | 'now' | 'later' | 'stopped';
  by?: { name: TextValue } | null | undefined;
  /** Whose step it is while nobody has taken it. */
  post?: string | undefined;
}

const icons = { done: Check, now: PenLine, later: CircleDashed, stopped: X } as const;

/** One fact of the margin: to whom, when due, from what. */
export function MarginFacts({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  const { t } = useTranslation();
  return (
    <section className="dw-margin-part">
      <h2 className="dw-margin-title">{t('document.margin')}</h2>
      <dl className="dw-margin-facts">
        {facts.map((fact) => <div key={fact.label}><dt>{fact.label}</dt><dd>{fact.value}</dd></div>)}
      </dl>
    </section>
  );
}

/** The path (خط السير): who has taken which step, whose turn it is, what comes after. */
export function Path({ steps, yours }: { steps: readonly Step[]; yours?: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="dw-margin-part">
      <h2>{t('document.path')}</h2>
      <ol className="dw-path">
        {steps.map((step, place) => {
          const Icon = icons[step.state];
          return (
            <li key={step.name} className={`dw-step dw-step-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
              <span className="dw-step-mark"><Icon className="dw-icon-small" size={14} aria-hidden="true" /></span>
              <span className="dw-step-words">
                <b>{step.label}</b>
                {step.by ? <Person name={step.by.name} /> : step.post && <span className="dw-quiet">{step.post}</span>}
                <span className="dw-hidden">{t('document.step', { k: place + 1, n: steps.length })}</span>
              </span>
              <span className="dw-step-state">{t(step.state === 'now' && yours ? 'document.yours' : `document.steps.${step.state}`)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The same path as dots in a row, above the sheet of a phone. */
export function PathDots({ steps }: { steps: readonly Step[] }) {
  const { t } = useTranslation();
  return (
    <ol className="dw-sheet dw-dots" aria-label={t('document.path')}>
      {steps.map((step) => {
        const Icon = icons[step.state];
        return (
          <li key={step.name} className={`dw-step-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className="dw-step-mark"><Icon className="dw-icon-small" size={14} aria-hidden="true" /></span>
            <span>{step.label}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** What happened (ما جرى): the document's own events in words, the newest first. */
export function Timeline({ events }: { events: readonly HappenedFragment[] }) {
  const { t } = useTranslation();
  return (
    <section className="dw-margin-part">
      <h2>{t('document.timeline')}</h2>
      <ol className="dw-timeline">
        {events.map((event) => (
          <li key={event.id}>
            <b><BiText text={event.title} /></b>
            <Person name={event.actor.name} actingFor={event.onBehalfOf?.name ?? null} />
            {event.reason && <q className="dw-reason"><Words of={event.reason} /></q>}
            <span className="dw-quiet"><Moment at={event.at} /> · <EntryNumber of={event.number} /></span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A moment as the office's clock showed it. */
export function Moment({ at }: { at: string }) {
  const { family } = usePreferences();
  return (
    <>
      <DateText day={officeDay(new Date(at), officeZone)} /> <bdi dir="ltr" className="dw-figure">{clockTime(at, officeZone, family)}</bdi>
    </>
  );
}
