import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text } from '../finance/scope-search';
import { root } from '../shell/root';

/** Everything of administration stands under one address. */
export const administrationBase = createRoute({ getParentRoute: () => root, path: 'administration' });

export const administrationHome = createRoute({ getParentRoute: () => administrationBase, path: '/', component: lazyRouteComponent(() => import('./HomePage'), 'HomePage') });

/** Texts an address may carry, under these names. */
export const texts = <Name extends string>(...names: Name[]) => (search: Record<string, unknown>): { [name in Name]?: string } =>
  Object.fromEntries(names.flatMap((name) => (text(search[name]) === undefined ? [] : [[name, text(search[name])!]]))) as { [name in Name]?: string };
