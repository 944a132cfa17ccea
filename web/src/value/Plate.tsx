import { usePreferences } from '../preferences/preferences';
import { inFamily } from './digits';

interface Props {
  number: string;
  /** How plates of its kind are written: # stands for a digit, the rest for itself; as kept when left out. */
  pattern?: string;
}

/** The digits of a plate set into the pattern of its kind, from the last; what does not fit stays as it is. */
export function plateText(number: string, pattern?: string): string {
  if (!pattern) return number;
  const digits = [...number.replace(/\D/g, '')];
  const places = pattern.split('#').length - 1;
  if (digits.length !== places) return number;
  return pattern.replace(/#/g, () => digits.shift()!);
}

/** A vehicle's plate (لوحة): framed, one isolate, never broken. */
export function Plate({ number, pattern }: Props) {
  const { family } = usePreferences();
  return <bdi dir="ltr" className="dw-plate">{inFamily(plateText(number, pattern), family)}</bdi>;
}
