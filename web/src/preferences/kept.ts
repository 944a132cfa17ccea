import { defaults, type Preferences } from './preferences';

const choices: { [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  language: ['ar', 'en'],
  digits: ['automatic', 'latin', 'arabic'],
  theme: ['system', 'light', 'dark', 'contrast'],
  density: ['comfortable', 'compact'],
  unit: ['one', 'thousand'],
  calendar: ['gregorian', 'hijri'],
  shortcuts: [true, false],
};

/** What the server keeps as text, back as choices; what is not one of ours is left out. */
export function fromKept(kept: readonly { name: string; value: string }[]): Partial<Preferences> {
  const read: Record<string, unknown> = {};
  for (const { name, value } of kept) {
    if (!Object.hasOwn(choices, name)) continue;
    const found = (choices[name as keyof Preferences] as readonly unknown[]).find((choice) => String(choice) === value);
    if (found !== undefined) read[name] = found;
  }
  return read as Partial<Preferences>;
}

export const toKept = (preferences: Preferences): { name: string; value: string }[] =>
  (Object.keys(defaults) as (keyof Preferences)[]).map((name) => ({ name, value: String(preferences[name]) }));
