import { createContext, useContext } from 'react';
import type { Mode } from '../theme/variables';
import type { Language } from '../value/dates';
import type { DigitFamily } from '../value/digits';
import type { Unit } from '../value/money';

export type Calendar = 'gregorian' | 'hijri';

/** What a person chose on this device. `system` follows the machine until the person chooses. */
export interface Preferences {
  language: Language;
  digits: 'automatic' | DigitFamily;
  theme: 'system' | Mode;
  density: 'comfortable' | 'compact';
  unit: Unit;
  /** The calendar shown first; the other stands beside it, quieter. What is stored is Gregorian. */
  calendar: Calendar;
  shortcuts: boolean;
}

export const defaults: Preferences = {
  language: 'ar',
  digits: 'automatic',
  theme: 'system',
  density: 'compact',
  unit: 'one',
  calendar: 'gregorian',
  shortcuts: true,
};

const place = 'diwan.preferences';

export function readPreferences(store: Pick<Storage, 'getItem'>): Preferences {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? '{}');
    return { ...defaults, ...(kept as Partial<Preferences>) };
  } catch {
    return defaults;
  }
}

export function keepPreferences(store: Pick<Storage, 'setItem'>, preferences: Preferences): void {
  try {
    store.setItem(place, JSON.stringify(preferences));
  } catch {
    // A browser that keeps nothing still works; the choice lasts until the tab closes.
  }
}

export interface PreferencesInUse extends Preferences {
  /** The theme on screen, after asking the system where that was chosen. */
  mode: Mode;
  /** The digits on screen: automatic means 123. */
  family: DigitFamily;
  change: (chosen: Partial<Preferences>) => void;
}

export const PreferencesContext = createContext<PreferencesInUse>({
  ...defaults,
  mode: 'light',
  family: 'latin',
  change: () => undefined,
});

export const usePreferences = (): PreferencesInUse => useContext(PreferencesContext);
