import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { StagesFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { percentText } from '../../value/Percent';
import { partsOf } from './stages';

interface Props {
  stages: StagesFragment;
  /** Share of the year gone, 89.3: the vertical tick. */
  elapsed: string;
  large?: boolean;
}

/** The stages of money as one bar in reading direction, from paid to not released, with the year's tick. */
export function StageBar({ stages, elapsed, large }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const parts = partsOf(stages);
  const words = Object.fromEntries(parts.map((part) => [part.name, percentText(part.share, family)]));
  const tick = /^\d+(\.\d+)?$/.test(elapsed) ? elapsed : '100';
  return (
    <span className={large ? 'dw-bar dw-bar-large' : 'dw-bar'} role="img" aria-label={t('execution.bar', words)}>
      {parts.filter((part) => part.width > 0).map((part) => (
        <span key={part.name} className={`dw-part dw-part-${part.name}`} style={{ '--part': part.width } as CSSProperties} />
      ))}
      <span className="dw-tick" style={{ '--gone': `${tick}%` } as CSSProperties} />
    </span>
  );
}
