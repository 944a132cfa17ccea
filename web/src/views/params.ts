/** What belongs to where one is, not to how a list is arranged: it stays when a view is opened. */
const ofThePlace = ['year', 'chapter', 'view'];

/** The conditions of an address as they are kept, in one order so that equal views are equal texts. */
export function paramsOf(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => !ofThePlace.includes(name));
  kept.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return new URLSearchParams(kept).toString();
}

/** The address's search with a view's conditions in the place of its own. */
export function withParams(search: string, params: string): string {
  const now = new URLSearchParams(search);
  const next = new URLSearchParams(params);
  for (const name of ofThePlace) {
    const value = now.get(name);
    if (value !== null && name !== 'view') next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}
