import { usePreferences } from '../preferences/preferences';
import { decimalMark, grouped, inFamily } from './digits';

interface Props {
  /** Exact decimals as text, 31.8. */
  of: string;
  /** The unit's word, outside the isolate. */
  unit: string;
}

/** The grouped figure of a quantity; decimals stay as they were measured. */
export function quantityText(of: string, family: 'latin' | 'arabic'): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(of);
  if (!match) return of;
  const fraction = match[3] === undefined ? '' : decimalMark[family] + inFamily(match[3], family);
  return (match[1] === '-' ? '\u2212' : '') + grouped(BigInt(match[2]!), family) + fraction;
}

/** A quantity with its unit: 31.8 كم. */
export function Quantity({ of, unit }: Props) {
  const { family } = usePreferences();
  return (
    <span className="dw-pair">
      <bdi dir="ltr" className="dw-figure">{quantityText(of, family)}</bdi> <span className="dw-quiet">{unit}</span>
    </span>
  );
}
