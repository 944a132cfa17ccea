import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessHappenedFragment, PersonState } from '../generated/graph';
import { Moment } from '../archetype/document/Margin';
import { Tag, type Ink } from '../sheet/Tag';
import { BiText, type TextValue } from '../value/BiText';
import { DateText } from '../value/DateText';
import { Person } from '../value/Person';
import { EntryNumber } from '../value/Position';
import { Words } from '../value/Words';

const stateInks: Record<PersonState, Ink> = { ACTIVE: 'zinjar', SUSPENDED: 'zunjufr', LEFT: 'midad', NOT_BEGUN: 'maghra', EXPIRED: 'zunjufr' };

/** What a person may do as a whole. */
export function PersonTag({ state }: { state: PersonState }) {
  const { t } = useTranslation();
  return <Tag ink={stateInks[state]}>{t(`access.state.${state}`)}</Tag>;
}

/** Whether something dated holds, is to come, or is over. */
export function DatedTag({ holds, over }: { holds: boolean; over?: boolean }) {
  const { t } = useTranslation();
  if (holds) return <Tag ink="zinjar">{t('access.holds')}</Tag>;
  return <Tag ink={over ? 'midad' : 'maghra'}>{t(over ? 'access.over' : 'access.coming')}</Tag>;
}

/** From a day to a day; an open end is said. */
export function Days({ from, to }: { from: string; to: string | null }) {
  const { t } = useTranslation();
  return <span className="dw-days"><DateText day={from} /> <span className="dw-quiet">{t('access.until')}</span> {to ? <DateText day={to} /> : <span className="dw-quiet">{t('access.openEnd')}</span>}</span>;
}

export function PersonLink({ of }: { of: { id: string; name: TextValue } }) {
  return <Link to="/administration/people/$id" params={{ id: of.id }}><BiText text={of.name} /></Link>;
}

export function RoleLink({ of }: { of: { id: string; title: TextValue } }) {
  return <Link to="/administration/roles/$id" params={{ id: of.id }}><BiText text={of.title} /></Link>;
}

/** Decisions in words, the newest first: who, when, about what, why. */
export function Decisions({ steps }: { steps: readonly AccessHappenedFragment[] }) {
  const { t } = useTranslation();
  return (
    <section className="dw-margin-part">
      <h2>{t('document.timeline')}</h2>
      {steps.length === 0 && <p className="dw-quiet">{t('access.noSteps')}</p>}
      <ol className="dw-timeline">
        {steps.map((step) => (
          <li key={step.number}>
            <b><BiText text={step.title} /></b>
            {(step.detail.ar || step.detail.en) && <span><BiText text={step.detail} /></span>}
            <Person name={step.actor.name} actingFor={step.onBehalfOf?.name ?? null} />
            {step.reason && <q className="dw-reason"><Words of={step.reason} /></q>}
            <span className="dw-quiet"><Moment at={step.at} /> · <EntryNumber of={step.number} /></span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A part of a page: its heading, its table or its sentence when there is nothing. */
export function Part({ name, title, empty, filled, acts, children }: { name: string; title: string; empty: string; filled: boolean; acts?: ReactNode; children: ReactNode }) {
  return (
    <section className="dw-sheet dw-ruled dw-paper" aria-labelledby={`part-${name}`}>
      <div className="dw-toolbar"><h2 id={`part-${name}`}>{title}</h2>{acts && <span className="dw-push dw-decide">{acts}</span>}</div>
      {filled ? children : <p className="dw-quiet">{empty}</p>}
    </section>
  );
}
