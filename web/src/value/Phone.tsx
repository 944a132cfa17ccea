import { usePreferences } from '../preferences/preferences';
import { inFamily, toLatin } from './digits';

/** +962 6 500 0100: the country apart, the rest in the groups people dial. */
export function phoneText(number: string): string {
  const plain = toLatin(number).replace(/[^\d+]/g, '').replace(/^00/, '+');
  const jordan = /^\+?962(7\d)(\d{3})(\d{4})$/.exec(plain) ?? /^0(7\d)(\d{3})(\d{4})$/.exec(plain);
  if (jordan) return `+962 ${jordan[1]} ${jordan[2]} ${jordan[3]}`;
  const land = /^\+?962([2356])(\d{3})(\d{4})$/.exec(plain) ?? /^0([2356])(\d{3})(\d{4})$/.exec(plain);
  if (land) return `+962 ${land[1]} ${land[2]} ${land[3]}`;
  return plain;
}

/** A telephone number; it can be dialled from a phone. */
export function Phone({ number }: { number: string }) {
  const { family } = usePreferences();
  const shown = phoneText(number);
  return <a href={`tel:${shown.replace(/ /g, '')}`}><bdi dir="ltr" className="dw-figure">{inFamily(shown, family)}</bdi></a>;
}
