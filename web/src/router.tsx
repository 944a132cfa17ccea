import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { patterns } from './archetype/patterns/routes';
import { accessPages, mine } from './access/routes';
import { administrationBase, administrationHome } from './administration/base';
import { directoryPages } from './directory/routes';
import { finance } from './finance/routes';
import { house } from './house/routes';
import { inboxSearch } from './inbox/items';
import { root } from './shell/root';

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/inbox' }); } });

const inbox = createRoute({ getParentRoute: () => root, path: 'inbox', validateSearch: inboxSearch, component: lazyRouteComponent(() => import('./inbox/InboxPage'), 'InboxPage') });
const view = createRoute({ getParentRoute: () => root, path: 'view/$id', component: lazyRouteComponent(() => import('./views/ViewPage'), 'ViewPage') });
const modules = createRoute({ getParentRoute: () => root, path: 'modules', component: lazyRouteComponent(() => import('./shell/ModulesPage'), 'ModulesPage') });
const me = createRoute({ getParentRoute: () => root, path: 'me', component: lazyRouteComponent(() => import('./shell/MePage'), 'MePage') });

/** Addresses stay plain, ?chapter=2501, for people to read and to send. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));
const stringifySearch = (search: Record<string, unknown>) => {
  const set = Object.entries(search).filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]);
  return set.length === 0 ? '' : '?' + new URLSearchParams(set).toString();
};

export const router = createRouter({
  parseSearch,
  stringifySearch,
  routeTree: root.addChildren([home, inbox, view, finance, patterns, ...house, modules, me, mine, administrationBase.addChildren([administrationHome, ...accessPages, ...directoryPages])]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
