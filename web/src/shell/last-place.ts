import type { Module } from './modules';

const key = (module: Module['name']) => `diwan.place.${module}`;

/** Leaving a module and returning finds it as left: its address, and with it its filters. */
export function keepPlace(pathname: string, href: string): void {
  const module = pathname.split('/')[1];
  if (module === 'finance') sessionStorage.setItem(key('finance'), href);
}

export const lastPlace = (module: Module['name']): string | null => sessionStorage.getItem(key(module));
