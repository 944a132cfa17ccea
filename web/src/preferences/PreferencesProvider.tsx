import { useCallback, useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import i18n from 'i18next';
import type { Mode } from '../theme/variables';
import { keepPreferences, PreferencesContext, readPreferences, type Preferences } from './preferences';

const darkness = '(prefers-color-scheme: dark)';
const moreContrast = '(prefers-contrast: more)';

function systemMode(): Mode {
  if (matchMedia(moreContrast).matches) return 'contrast';
  return matchMedia(darkness).matches ? 'dark' : 'light';
}

function watchSystem(changed: () => void): () => void {
  const queries = [darkness, moreContrast].map((query) => matchMedia(query));
  queries.forEach((query) => query.addEventListener('change', changed));
  return () => queries.forEach((query) => query.removeEventListener('change', changed));
}

/** Holds the choices, and writes language, direction and theme on the document at once, without a reload. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<Preferences>(() => readPreferences(localStorage));
  const system = useSyncExternalStore(watchSystem, systemMode);
  const mode = chosen.theme === 'system' ? system : chosen.theme;
  const family = chosen.digits === 'arabic' ? 'arabic' : 'latin';

  const change = useCallback((part: Partial<Preferences>) => {
    if (part.language) void i18n.changeLanguage(part.language);
    setChosen((before) => ({ ...before, ...part }));
  }, []);

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = chosen.language;
    root.dir = chosen.language === 'ar' ? 'rtl' : 'ltr';
    root.dataset['theme'] = mode;
    root.dataset['digits'] = family;
    root.dataset['density'] = chosen.density;
  }, [chosen.language, chosen.density, mode, family]);

  useEffect(() => keepPreferences(localStorage, chosen), [chosen]);

  const inUse = useMemo(() => ({ ...chosen, mode, family, change }) as const, [chosen, mode, family, change]);
  return <PreferencesContext value={inUse}>{children}</PreferencesContext>;
}
