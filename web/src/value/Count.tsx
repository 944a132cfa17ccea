import { usePreferences } from '../preferences/preferences';
import { grouped, inFamily } from './digits';

/** A plain number in the chosen digits, its unit outside. */
export function Count({ of }: { of: number | bigint }) {
  const { family } = usePreferences();
  return (
    <bdi dir="ltr" className="dw-figure">
      {grouped(BigInt(of), family)}
    </bdi>
  );
}

/** A code of the chart of accounts or a year: its digits are not grouped. */
export function Code({ of }: { of: string | number }) {
  const { family } = usePreferences();
  return (
    <bdi dir="ltr" className="dw-code">
      {inFamily(String(of), family)}
    </bdi>
  );
}
