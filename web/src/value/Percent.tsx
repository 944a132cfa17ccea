import { usePreferences } from '../preferences/preferences';
import { decimalMark, inFamily, percentMark, type DigitFamily } from './digits';

export function percentText(tenths: bigint | number, family: DigitFamily): string {
  const whole = BigInt(tenths);
  const size = whole < 0n ? -whole : whole;
  const sign = whole < 0n ? '\u2212' : '';
  return sign + inFamily((size / 10n).toString(), family) + decimalMark[family] + inFamily((size % 10n).toString(), family) + percentMark[family];
}

/** A share in tenths of a percent; nothing of nothing has none (—). */
export function Percent({ tenths }: { tenths: bigint | number | undefined }) {
  const { family } = usePreferences();
  if (tenths === undefined) return <span className="dw-none">—</span>;
  return (
    <bdi dir="ltr" className="dw-figure">
      {percentText(tenths, family)}
    </bdi>
  );
}
