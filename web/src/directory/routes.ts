import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { administrationBase as base, texts } from '../administration/base';

const bodies = createRoute({ getParentRoute: () => base, path: 'bodies', validateSearch: texts('at', 'find'), component: lazyRouteComponent(() => import('./BodiesPage'), 'BodiesPage') });
const unit = createRoute({ getParentRoute: () => base, path: 'bodies/$id', validateSearch: texts('at'), component: lazyRouteComponent(() => import('./UnitPage'), 'UnitPage') });
const post = createRoute({ getParentRoute: () => base, path: 'posts/$id', component: lazyRouteComponent(() => import('./PostPage'), 'PostPage') });
const lists = createRoute({ getParentRoute: () => base, path: 'lists', validateSearch: texts('sort', 'group'), component: lazyRouteComponent(() => import('./ListsPage'), 'ListsPage') });
const list = createRoute({ getParentRoute: () => base, path: 'lists/$name', validateSearch: texts('at'), component: lazyRouteComponent(() => import('./ListPage'), 'ListPage') });
const terms = createRoute({ getParentRoute: () => base, path: 'terms', validateSearch: texts('find', 'state', 'sort', 'group'), component: lazyRouteComponent(() => import('./TermsPage'), 'TermsPage') });
const term = createRoute({ getParentRoute: () => base, path: 'terms/$id', component: lazyRouteComponent(() => import('./TermPage'), 'TermPage') });
const calendar = createRoute({ getParentRoute: () => base, path: 'calendar', validateSearch: texts('during'), component: lazyRouteComponent(() => import('./CalendarPage'), 'CalendarPage') });

export const directoryPages = [bodies, unit, post, lists, list, terms, term, calendar];
