/** A page that was visited: its address and its title in the language it was seen in. */
export interface Visit {
  href: string;
  title: string;
}

const place = 'diwan.recent';
const most = 8;

/** The pages visited last in this tab's browser, newest first. Titles may be official secrets, so they end with the session. */
export function recent(store: Pick<Storage, 'getItem'> = sessionStorage): Visit[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(place) ?? '[]');
    return Array.isArray(kept) ? (kept as Visit[]).filter((visit) => typeof visit.href === 'string' && typeof visit.title === 'string') : [];
  } catch {
    return [];
  }
}

export function visited(visit: Visit, store: Pick<Storage, 'getItem' | 'setItem'> = sessionStorage): void {
  const path = (href: string) => href.split('?')[0];
  const others = recent(store).filter((known) => path(known.href) !== path(visit.href));
  store.setItem(place, JSON.stringify([visit, ...others].slice(0, most)));
}

export const forgetVisits = (store: Pick<Storage, 'removeItem'> = sessionStorage): void => store.removeItem(place);
