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
  { name: 'vouchers', to: '/finance/vouchers', module: 'finance', permissions: ['finance.read'] },
  { name: 'trialBalance', to: '/finance/trial-balance', module: 'finance', permissions: ['finance.read'] },
  { name: 'me', to: '/me', module: 'me' },
  { name: 'modules', to: '/modules', module: 'me' },
];
