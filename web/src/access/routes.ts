import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { administrationBase as base, texts } from '../administration/base';
import { root } from '../shell/root';

const people = createRoute({ getParentRoute: () => base, path: 'people', validateSearch: texts('find', 'state', 'role', 'unit', 'sort', 'group'), component: lazyRouteComponent(() => import('./PeoplePage'), 'PeoplePage') });
const person = createRoute({ getParentRoute: () => base, path: 'people/$id', component: lazyRouteComponent(() => import('./PersonPage'), 'PersonPage') });
const roles = createRoute({ getParentRoute: () => base, path: 'roles', validateSearch: texts('sort', 'group'), component: lazyRouteComponent(() => import('./RolesPage'), 'RolesPage') });
const define = createRoute({ getParentRoute: () => base, path: 'roles/new', component: lazyRouteComponent(() => import('./SetRolePage'), 'DefineRolePage') });
const role = createRoute({ getParentRoute: () => base, path: 'roles/$id', component: lazyRouteComponent(() => import('./RolePage'), 'RolePage') });
const set = createRoute({ getParentRoute: () => base, path: 'roles/$id/set', component: lazyRouteComponent(() => import('./SetRolePage'), 'SetRolePage') });
const rights = createRoute({ getParentRoute: () => base, path: 'rights', validateSearch: texts('person', 'behalf', 'roles', 'unit', 'clearance', 'at', 'kind', 'where', 'secrecy', 'object', 'find'), component: lazyRouteComponent(() => import('./RightsPage'), 'RightsPage') });
const emergencies = createRoute({ getParentRoute: () => base, path: 'emergencies', validateSearch: texts('sort', 'group'), component: lazyRouteComponent(() => import('./EmergenciesPage'), 'EmergenciesPage') });
const emergency = createRoute({ getParentRoute: () => base, path: 'emergencies/$id', component: lazyRouteComponent(() => import('./EmergencyPage'), 'EmergencyPage') });
const needToKnow = createRoute({ getParentRoute: () => base, path: 'need-to-know', validateSearch: texts('sort', 'group'), component: lazyRouteComponent(() => import('./NeedToKnowPage'), 'NeedToKnowPage') });

/** One's own rights and delegations stand under one's own page. */
export const mine = createRoute({ getParentRoute: () => root, path: 'me/rights', component: lazyRouteComponent(() => import('./PersonPage'), 'MyRightsPage') });

export const accessPages = [people, person, roles, define, role, set, rights, emergencies, emergency, needToKnow];
