import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StagesFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { Money } from '../../value/Money';
import { Percent } from '../../value/Percent';
import type { MoneyValue } from '../../value/money';
import { availability, heldOf, shareOf } from './stages';
import { StageBar } from './StageBar';

interface Props {
  total: StagesFragment;
  elapsed: string;
  phone: boolean;
}

/** The ribbon: where the money of the whole report stands, each stage with its figure, and the year beside it. */
export function Ribbon({ total, elapsed, phone }: Props) {
  const { t } = useTranslation();
  const { unit } = usePreferences();
  const scarce = availability(total);

  const fact = (label: string, value: MoneyValue, swatch?: string, below?: ReactNode, tone?: 'available' | 'low') => (
    <div className="dw-fact">
      <dt>
        {swatch && <span className={`dw-swatch dw-part-${swatch}`} aria-hidden="true" />}
        {label}
      </dt>
      <dd>
        <Money value={value} unit={unit} strong {...(tone ? { tone } : {})} />
        <small>{below ?? <><Percent tenths={shareOf(value, total)} /> {t('execution.ofRevised')}</>}</small>
      </dd>
    </div>
  );
  const unitWords = unit === 'one' ? t(`currency.${total.revised.currency}_long`) : t('unit.statedThousand');
  const revised = fact(t('execution.revised'), total.revised, undefined, unitWords);
  const held = fact(t('execution.heldLong'), heldOf(total), 'committed');
  const paid = fact(t('execution.paid'), total.paid, 'paid');
  const available = fact(t('execution.availableLong'), total.availableNow, 'available', undefined, scarce === 'low' || scarce === 'gone' ? 'low' : 'available');

  return (
    <section className="dw-sheet dw-ruled dw-ribbon" aria-label={t('execution.title')}>
      <dl>
        {phone ? (
          <>{revised}{held}{paid}{available}</>
        ) : (
          <>
            {revised}
            {fact(t('execution.releasedLong'), total.released)}
            {held}
            {fact(t('execution.unpaidLong'), total.unpaid, 'unpaid')}
            {paid}
            {available}
          </>
        )}
      </dl>
      <StageBar stages={total} elapsed={elapsed} large />
      <p className="dw-legend">
        {!phone && <span>{t('execution.elapsed')} <Percent tenths={BigInt(elapsed.replace('.', ''))} /></span>}
        <span>
          <span className="dw-swatch dw-part-unreleased" aria-hidden="true" /> {t('execution.unreleased')} <Money value={total.unreleased} unit={unit} />
        </span>
      </p>
    </section>
  );
}
