import { usePreferences } from '../preferences/preferences';
import { inFamily, toLatin } from './digits';

/** An IBAN as it is kept: no spaces, capitals, 123. */
export const plainIban = (typed: string): string => toLatin(typed).replace(/\s+/g, '').toUpperCase();

export const inFours = (iban: string): string => plainIban(iban).replace(/(.{4})(?=.)/g, '$1 ');

export type IbanRefusal = 'shape' | 'length' | 'checksum';

const lengths: Readonly<Record<string, number>> = {
  JO: 30, KW: 30, PS: 29, QA: 29, EG: 29, LB: 28, SA: 24, TN: 24, SE: 24, ES: 24, AE: 23, IQ: 23, IL: 23, OM: 23, BH: 22, DE: 22, GB: 22, FR: 27, IT: 27, MR: 27, TR: 26,
};

/** What is wrong with a typed IBAN (ISO 7064, mod 97), before it is sent; the server reads it again. */
export function ibanRefusal(typed: string): IbanRefusal | undefined {
  const iban = plainIban(typed);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return 'shape';
  const length = lengths[iban.slice(0, 2)];
  if (length !== undefined && iban.length !== length) return 'length';
  let rest = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = sign >= 'A' ? String(sign.charCodeAt(0) - 55) : sign;
    for (const digit of value) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1 ? undefined : 'checksum';
}

/** An account number (آيبان) in fours, one isolate. */
export function Iban({ of }: { of: string }) {
  const { family } = usePreferences();
  return <bdi dir="ltr" className="dw-iban">{inFamily(inFours(of), family)}</bdi>;
}
