import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BudgetBreachesDocument, type BreachFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import type { Place, RequestCycle } from './RequestPage';
import { moneyOf, type Years } from './years';

/** Fingers at rest for so long are asked about. */
const rest = 350;

interface Props {
  place: Place;
  cycle: RequestCycle;
  current: Years;
  capital: Years;
}

/** Whether what is typed stays within the ceilings, with what the chapter's other programmes ask for. */
export function BreachList({ place, cycle, current, capital }: Props) {
  const { t } = useTranslation();
  const words = JSON.stringify([current.map(String), capital.map(String)]);
  const [asked, setAsked] = useState({ words, current, capital });
  useEffect(() => {
    const waiting = setTimeout(() => setAsked({ words, current, capital }), rest);
    return () => clearTimeout(waiting);
    // The sums are in the words.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [words]);
  const plain = (years: Years) => moneyOf(years, cycle.currency).map((money) => money.amount);
  const [{ data }] = useQuery({ query: BudgetBreachesDocument, variables: { ...place, current: plain(asked.current), capital: plain(asked.capital) }, requestPolicy: 'network-only' });
  if (!data || cycle.ceilings.every((ceiling) => ceiling.chapter.code !== place.chapter)) return null;
  if (data.budgetBreaches.length === 0) return <p className="dw-available" role="status"><CircleCheck className="dw-icon-small" aria-hidden="true" /> {t('preparation.within')}</p>;
  return <Breaches of={data.budgetBreaches} year={place.year} live />;
}

/** Ceilings gone beyond, each with its place, its year and by how much. */
export function Breaches({ of, year, live }: { of: readonly BreachFragment[]; year: number; live?: boolean }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const list = (
    <ul className="dw-checks dw-checks-list">
      {of.flatMap((breach, at) =>
        breach.over.flatMap((over, after) => (minorUnits(over) === 0n ? [] : [
          <li key={`${at}.${after}`} className="dw-low">
            <TriangleAlert className="dw-icon-small" aria-hidden="true" />{' '}
            {t(breach.programme ? 'preparation.beyondProgramme' : 'preparation.beyondChapter', { kind: t(`preparation.kinds.${breach.economic ?? 'BOTH'}`), year: inFamily(String(year + after), family) })} <Money value={over} tone="low" withCurrency />
          </li>,
        ])),
      )}
    </ul>
  );
  return live ? <div role="status">{list}</div> : list;
}
