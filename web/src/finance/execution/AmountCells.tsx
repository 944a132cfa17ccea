import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StagesFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Money } from '../../value/Money';
import { availability, heldOf } from './stages';

/** The six amounts of a row, in the order money passes them. */
export function AmountCells({ stages }: { stages: StagesFragment }) {
  const { unit } = usePreferences();
  const amounts = [stages.revised, stages.released, heldOf(stages), stages.unpaid, stages.paid];
  return (
    <>
      {amounts.map((amount, column) => (
        <td key={column} className="dw-amount"><Money value={amount} unit={unit} /></td>
      ))}
      <td className="dw-amount"><Available stages={stages} /></td>
    </>
  );
}

/** What may still be committed; little or nothing is told by a word and a mark, the colour only repeats it. */
export function Available({ stages }: { stages: StagesFragment }) {
  const { t } = useTranslation();
  const { unit } = usePreferences();
  const state = availability(stages);
  if (state === 'none') return <Money value={stages.availableNow} unit={unit} />;
  if (state === 'available') return <Money value={stages.availableNow} unit={unit} tone="available" strong />;
  return (
    <span className="dw-scarce">
      <span className="dw-scarce-word">
        <TriangleAlert size={12} aria-hidden="true" /> {t(`execution.${state}`)}
      </span>
      <Money value={stages.availableNow} unit={unit} tone="low" strong />
    </span>
  );
}
