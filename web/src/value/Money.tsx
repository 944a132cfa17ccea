import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { exponentOf, figure, minorUnits, moneyText, type MoneyValue, type Unit } from './money';

interface Props {
  /** null is an unknown amount (blank); undefined says that none applies here (—). */
  value: MoneyValue | null | undefined;
  /** Beside the amount only when it stands alone; in a table the column's head names it. */
  withCurrency?: boolean;
  /** Only sheets that state their unit in the head pass it on. */
  unit?: Unit;
  tone?: 'available' | 'low';
  strong?: boolean;
}

/** An amount (مبلغ): one isolate, exact, the fraction quieter, a true minus in front of it in cinnabar. */
export function Money({ value, withCurrency, unit = 'one', tone, strong }: Props) {
  const { family } = usePreferences();
  const { t } = useTranslation();
  if (value === null) return null;
  if (value === undefined) return <span className="dw-none">—</span>;
  const shown = figure(minorUnits(value), exponentOf(value.currency), family, unit);
  const classes = ['dw-money', tone && `dw-${tone}`, shown.negative && 'dw-negative', strong && 'dw-strong'];
  const amount = (
    <bdi dir="ltr" className={classes.filter(Boolean).join(' ')} title={unit === 'thousand' ? moneyText(value, family) : undefined}>
      {shown.negative ? '\u2212' : ''}
      {shown.whole}
      {shown.fraction && <span className="dw-fraction">{shown.fraction}</span>}
    </bdi>
  );
  if (!withCurrency) return amount;
  return (
    <span className="dw-pair">
      {amount} <span className="dw-currency">{t(`currency.${value.currency}`, { defaultValue: value.currency })}</span>
    </span>
  );
}
