import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { Money } from '../../value/Money';
import { absolute, fromMinor, minorUnits, type MoneyValue } from '../../value/money';

/** A balance with its side: a credit balance is no negative amount, it stands on the other side. */
export function Balance({ value, strong }: { value: MoneyValue; strong?: boolean }) {
  const { t } = useTranslation();
  const { unit } = usePreferences();
  const units = minorUnits(value);
  const side = units === 0n ? '' : t(units > 0n ? 'trial.debtor' : 'trial.creditor');
  return (
    <span className="dw-balance">
      <span className="dw-quiet" dir="auto">{side}</span>
      <Money value={fromMinor(absolute(units), value.currency)} unit={unit} {...(strong ? { strong } : {})} />
    </span>
  );
}
