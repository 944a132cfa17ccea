import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../shell/root';

/** What administrators look after; each page is read only when it is opened. */
export const house = [
  createRoute({ getParentRoute: () => root, path: 'administration/health', component: lazyRouteComponent(() => import('./HealthPage'), 'HealthPage') }),
  createRoute({ getParentRoute: () => root, path: 'administration/policies', component: lazyRouteComponent(() => import('./PoliciesPage'), 'PoliciesPage') }),
  createRoute({ getParentRoute: () => root, path: 'administration/imports', component: lazyRouteComponent(() => import('./ImportsPage'), 'ImportsPage') }),
  createRoute({ getParentRoute: () => root, path: 'administration/api', component: lazyRouteComponent(() => import('./ApiPage'), 'ApiPage') }),
] as const;
