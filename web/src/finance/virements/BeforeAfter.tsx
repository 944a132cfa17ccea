import { useTranslation } from 'react-i18next';
import { fromMinor, minorUnits, type MoneyValue } from '../../value/money';
import { Money } from '../../value/Money';
import { LineKey } from '../DocumentLines';
import { useLine } from '../lines/use-lines';

export interface Moved {
  key: string;
  /** Negative goes out. */
  amount: MoneyValue;
}

interface Props {
  year: number;
  moves: readonly Moved[];
  /** An approved virement is already in the figures of its lines. */
  applied?: boolean;
}

/** Both sides of a virement as they stand and as they will: final appropriation, and what may still be committed this year. */
export function BeforeAfter({ year, moves, applied }: Props) {
  const { t } = useTranslation();
  return (
    <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('virements.effect')}>
      <table className="dw-table">
        <caption className="dw-hidden">{t('virements.effect')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('segment.KEY')}</th>
            <th scope="col" className="dw-amount">{t('virements.before')}</th>
            <th scope="col" className="dw-amount">{t('virements.move')}</th>
            <th scope="col" className="dw-amount">{t('virements.after')}</th>
            <th scope="col" className="dw-amount">{t('virements.freeAfter')}</th>
          </tr>
        </thead>
        <tbody>{moves.filter((move) => move.key !== '').map((move, at) => <Row key={`${move.key} ${at}`} year={year} move={move} applied={applied === true} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ year, move, applied }: { year: number; move: Moved; applied: boolean }) {
  const { t } = useTranslation();
  const line = useLine(year, move.key);
  const moved = minorUnits(move.amount);
  const { currency } = move.amount;
  const now = line && minorUnits(line.stages.revised);
  const free = line && minorUnits(line.stages.availableYear);
  const shown = (units: bigint | null | undefined) => (units === undefined || units === null ? null : fromMinor(units, currency));
  const before = typeof now === 'bigint' ? (applied ? now - moved : now) : null;
  const after = typeof now === 'bigint' ? (applied ? now : now + moved) : null;
  const freeAfter = typeof free === 'bigint' ? (applied ? free : free + moved) : null;
  return (
    <tr>
      <th scope="row"><LineKey year={year} of={move.key} /> {line === null && <span className="dw-low">{t('lines.unknown')}</span>}</th>
      <td className="dw-amount"><Money value={shown(before)} /></td>
      <td className="dw-amount"><Money value={move.amount} {...(moved > 0n ? { tone: 'available' as const } : {})} /></td>
      <td className="dw-amount"><Money value={shown(after)} strong /></td>
      <td className="dw-amount"><Money value={shown(freeAfter)} {...(freeAfter !== null && freeAfter < 0n ? { tone: 'low' as const } : {})} /></td>
    </tr>
  );
}
