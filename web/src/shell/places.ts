import type { Module } from './modules';

/** A page one may go to by name: its words stand under `place.` in words/. */
export interface Place {
  name: string;
  to: string;
  module: Module['name'] | 'me';
  /** Shown only to people who hold one of these. */
  permissions?: readonly string[];
}

/** What the palette offers before anything is searched for. */
export const places: readonly Place[] = [
  { name: 'inbox', to: '/inbox', module: 'inbox' },
  { name: 'execution', to: '/finance/execution', module: 'finance', permissions: ['finance.read'] },
  { name: 'today', to: '/finance', module: 'finance', permissions: ['finance.read'] },
  { name: 'months', to: '/finance/months', module: 'finance', permissions: ['finance.read'] },
  { name: 'preparation', to: '/finance/preparation', module: 'finance', permissions: ['finance.read'] },
  { name: 'reservations', to: '/finance/reservations', module: 'finance', permissions: ['finance.read'] },
  { name: 'reserve', to: '/finance/reservations/new', module: 'finance', permissions: ['finance.reservation.record'] },
  { name: 'commitments', to: '/finance/commitments', module: 'finance', permissions: ['finance.read'] },
  { name: 'claims', to: '/finance/claims', module: 'finance', permissions: ['finance.read'] },
  { name: 'virements', to: '/finance/virements', module: 'finance', permissions: ['finance.read'] },
  { name: 'orders', to: '/finance/orders', module: 'finance', permissions: ['finance.read'] },
  { name: 'payees', to: '/finance/payees', module: 'finance', permissions: ['finance.read'] },
  { name: 'journals', to: '/finance/journals', module: 'finance', permissions: ['finance.read'] },
  { name: 'closing', to: '/finance/closing', module: 'finance', permissions: ['finance.period.close'] },
  { name: 'yearEnd', to: '/finance/year-end', module: 'finance', permissions: ['finance.read'] },
  { name: 'vouchers', to: '/finance/vouchers', module: 'finance', permissions: ['finance.read'] },
  { name: 'trialBalance', to: '/finance/trial-balance', module: 'finance', permissions: ['finance.read'] },
  { name: 'accessPeople', to: '/administration/people', module: 'administration', permissions: ['access.read'] },
  { name: 'accessRoles', to: '/administration/roles', module: 'administration', permissions: ['access.read'] },
  { name: 'simulator', to: '/administration/rights', module: 'administration', permissions: ['access.rights.simulate'] },
  { name: 'emergencies', to: '/administration/emergencies', module: 'administration', permissions: ['access.emergency.ask', 'access.emergency.answer', 'access.read'] },
  { name: 'bodies', to: '/administration/bodies', module: 'administration', permissions: ['directory.read'] },
  { name: 'terms', to: '/administration/terms', module: 'administration', permissions: ['directory.read'] },
  { name: 'lists', to: '/administration/lists', module: 'administration', permissions: ['directory.read'] },
  { name: 'workCalendar', to: '/administration/calendar', module: 'administration', permissions: ['directory.read'] },
  { name: 'health', to: '/administration/health', module: 'administration', permissions: ['access.policy.set'] },
  { name: 'policies', to: '/administration/policies', module: 'administration', permissions: ['access.policy.set', 'finance.policy.set', 'directory.policy.set'] },
  { name: 'imports', to: '/administration/imports', module: 'administration', permissions: ['finance.budget.import'] },
  { name: 'api', to: '/administration/api', module: 'administration', permissions: ['api.develop'] },
  { name: 'me', to: '/me', module: 'me' },
  { name: 'myRights', to: '/me/rights', module: 'me' },
  { name: 'modules', to: '/modules', module: 'me' },
];
