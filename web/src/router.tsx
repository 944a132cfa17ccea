import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, retainSearchParams } from '@tanstack/react-router';
import { executionSearch } from './finance/execution/search';
import { trialBalanceSearch } from './finance/trial-balance/search';
import { vouchersSearch } from './finance/vouchers/search';
import { inboxSearch } from './inbox/items';
import { Missing } from './shell/Missing';
import { Shell } from './shell/Shell';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);

/** The body and the year are part of every finance address, so that a link shows what its sender saw. */
export interface FinanceSearch {
  year?: number;
  chapter?: string;
}

const root = createRootRoute({ component: Shell, notFoundComponent: Missing });

const home = createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/inbox' }); } });

const finance = createRoute({
  getParentRoute: () => root,
  path: 'finance',
  validateSearch: (search: Record<string, unknown>): FinanceSearch => {
    const year = Number(search['year']);
    const chapter = text(search['chapter']);
    return { ...(Number.isInteger(year) && year > 0 ? { year } : {}), ...(chapter ? { chapter } : {}) };
  },
  search: { middlewares: [retainSearchParams<FinanceSearch>(['year', 'chapter'])] },
});

const execution = createRoute({
  getParentRoute: () => finance,
  path: 'execution',
  validateSearch: executionSearch,
  component: lazyRouteComponent(() => import('./finance/execution/ExecutionPage'), 'ExecutionPage'),
});

const trialBalance = createRoute({
  getParentRoute: () => finance,
  path: 'trial-balance',
  validateSearch: trialBalanceSearch,
  component: lazyRouteComponent(() => import('./finance/trial-balance/TrialBalancePage'), 'TrialBalancePage'),
});

const ledger = createRoute({
  getParentRoute: () => finance,
  path: 'ledger/$account',
  validateSearch: (search: Record<string, unknown>): { fund?: string } => {
    const fund = text(search['fund']);
    return fund ? { fund } : {};
  },
  component: lazyRouteComponent(() => import('./finance/ledger/LedgerPage'), 'LedgerPage'),
});

const vouchers = createRoute({
  getParentRoute: () => finance,
  path: 'vouchers',
  validateSearch: vouchersSearch,
  component: lazyRouteComponent(() => import('./finance/vouchers/VouchersPage'), 'VouchersPage'),
});

const voucher = createRoute({
  getParentRoute: () => finance,
  path: 'vouchers/$id',
  component: lazyRouteComponent(() => import('./finance/vouchers/VoucherPage'), 'VoucherPage'),
});

const inbox = createRoute({ getParentRoute: () => root, path: 'inbox', validateSearch: inboxSearch, component: lazyRouteComponent(() => import('./inbox/InboxPage'), 'InboxPage') });
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
  routeTree: root.addChildren([home, inbox, finance.addChildren([execution, trialBalance, ledger, vouchers, voucher]), modules, me]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
