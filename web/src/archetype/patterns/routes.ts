import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../../shell/root';
import { listSearch } from '../../finance/list-search';

// Pages that show an archetype with invented content: for trying it and for its tests, in no menu.
const base = createRoute({ getParentRoute: () => root, path: 'patterns' });
const worklist = createRoute({ getParentRoute: () => base, path: 'worklist', validateSearch: listSearch, component: lazyRouteComponent(() => import('./WorklistPattern'), 'WorklistPattern') });
const viewer = createRoute({ getParentRoute: () => base, path: 'viewer', component: lazyRouteComponent(() => import('./ViewerPattern'), 'ViewerPattern') });
const map = createRoute({ getParentRoute: () => base, path: 'map', component: lazyRouteComponent(() => import('./MapPattern'), 'MapPattern') });

export const patterns = base.addChildren([worklist, viewer, map]);
