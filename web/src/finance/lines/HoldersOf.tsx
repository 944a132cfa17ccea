import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { HoldsDocument } from '../../generated/graph';
import type { Problem } from '../../sheet/Refusal';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { HoldLink } from '../execution/HoldLink';

/** After "not enough available": the documents that hold the rest, each one press away. */
export function HoldersOf({ problem, year }: { problem: Problem; year: number }) {
  const { t } = useTranslation();
  const key = problem.code === 'finance.budget_insufficient' ? problem.details?.find((detail) => detail.name === 'key')?.value : undefined;
  const [{ data }] = useQuery({ query: HoldsDocument, variables: { year, key: key ?? '', first: 5 }, pause: key === undefined });
  const holds = data?.holds.nodes ?? [];
  if (holds.length === 0) return null;
  return (
    <div className="dw-holders">
      <span>{t('lines.holders')}</span>
      <ul>
        {holds.map((hold) => (
          <li key={hold.id}>
            <span className="dw-quiet">{t(`execution.kind.${hold.kind}`)}</span> <HoldLink hold={hold} /> <Money value={hold.amount} /> {hold.due && <span className="dw-quiet"><DateText day={hold.due} /></span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
