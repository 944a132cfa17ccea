import { fit } from './normal';

/** Something the palette can do: go somewhere, or act. */
export interface Option {
  key: string;
  title: string;
  /** A quieter second text: the module, the kind of document. */
  beside?: string;
  /** Why it was found, when that is not plain to see. */
  why?: string;
  go: () => void;
}

export type GroupName = 'next' | 'recent' | 'pages' | 'acts' | 'found';

export interface Group {
  name: GroupName;
  options: Option[];
}

/** What the first sign asks for: acts only, a number, a person or body, or anything. */
export type Aim = 'all' | 'acts' | 'number' | 'people';

/** Reads what was typed; the sign is taken off. */
export function aimOf(typed: string): { aim: Aim; words: string } {
  const text = typed.trimStart();
  const rest = text.slice(1).trim();
  if (text.startsWith('>')) return { aim: 'acts', words: rest };
  if (text.startsWith('#')) return { aim: 'number', words: rest };
  if (text.startsWith('@')) return { aim: 'people', words: rest };
  return { aim: 'all', words: text.trim() };
}

/** The groups to show, best answers first in each; a page that was visited is not listed twice. */
export function groupsFor(typed: string, offered: { [name in Exclude<GroupName, 'found'>]: Option[] }, found: Option[]): Group[] {
  const { aim, words } = aimOf(typed);
  const fitting = (options: Option[]) =>
    options
      .map((option) => ({ option, well: Math.max(fit(option.title, words), fit(option.beside ?? '', words) > 0 && words !== '' ? 1 : 0) }))
      .filter(({ well }) => well > 0)
      .sort((one, other) => other.well - one.well)
      .map(({ option }) => option);
  const groups: Group[] = [];
  const add = (name: GroupName, options: Option[]) => {
    const known = new Set(groups.flatMap((group) => group.options.map((option) => option.title)));
    const fresh = options.filter((option) => !known.has(option.title));
    if (fresh.length > 0) groups.push({ name, options: fresh });
  };
  if (aim === 'acts') {
    add('acts', fitting(offered.acts));
    return groups;
  }
  if (aim === 'all') {
    add('next', fitting(offered.next));
    if (words === '') add('recent', offered.recent);
    add('pages', fitting(offered.pages));
    if (words !== '') add('recent', fitting(offered.recent));
    add('acts', fitting(offered.acts));
  }
  add('found', found);
  return groups;
}
