import { ChevronRight, CircleCheck, Clock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './dashboard.css';

/** One fact: a sentence with its figure, its trend in words, and where it leads. */
export interface Fact {
  name: string;
  state: 'calm' | 'waits' | 'wrong';
  figure: ReactNode;
  sentence: ReactNode;
  trend?: ReactNode;
  /** Wraps the fact in the link that opens its worklist. */
  open: (inside: ReactNode) => ReactNode;
}

const icons = { calm: CircleCheck, waits: Clock, wrong: TriangleAlert } as const;

/** The home of a post: at most six facts, each a sentence that opens its list. No gauges, no pies. */
export function Dashboard({ facts }: { facts: readonly Fact[] }) {
  const { t } = useTranslation();
  return (
    <ul className="dw-sheet dw-ruled dw-facts-list" aria-label={t('dashboard.facts')}>
      {facts.slice(0, 6).map((fact) => {
        const Icon = icons[fact.state];
        return (
          <li key={fact.name} className={`dw-fact-row dw-fact-${fact.state}`}>
            {fact.open(
              <>
                <Icon className="dw-icon" aria-hidden="true" />
                <span className="dw-fact-figure">{fact.figure}</span>
                <span className="dw-fact-words">
                  <span>{fact.sentence}</span>
                  {fact.trend && <small className="dw-quiet">{fact.trend}</small>}
                </span>
                <ChevronRight className="dw-icon-small dw-mirrored" aria-hidden="true" />
              </>,
            )}
          </li>
        );
      })}
    </ul>
  );
}
