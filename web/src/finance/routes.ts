import { createRoute, lazyRouteComponent, retainSearchParams } from '@tanstack/react-router';
import { asOfParts } from '../shell/as-of/as-of';
import { root } from '../shell/root';
import { executionSearch } from './execution/search';
import { listSearch } from './list-search';
import { financeSearch, text, type FinanceSearch } from './scope-search';
import { trialBalanceSearch } from './trial-balance/search';

const base = createRoute({
  getParentRoute: () => root,
  path: 'finance',
  validateSearch: financeSearch,
  search: { middlewares: [retainSearchParams<FinanceSearch>(['year', 'chapter', ...asOfParts])] },
});

/** Values a form begins with, when another document led to it. */
const from = <Name extends string>(...names: Name[]) => (search: Record<string, unknown>): { [name in Name]?: string } =>
  Object.fromEntries(names.flatMap((name) => (text(search[name]) === undefined ? [] : [[name, text(search[name])!]]))) as { [name in Name]?: string };

const today = createRoute({ getParentRoute: () => base, path: '/', component: lazyRouteComponent(() => import('./today/TodayPage'), 'TodayPage') });
const execution = createRoute({ getParentRoute: () => base, path: 'execution', validateSearch: executionSearch, component: lazyRouteComponent(() => import('./execution/ExecutionPage'), 'ExecutionPage') });
const months = createRoute({ getParentRoute: () => base, path: 'months', component: lazyRouteComponent(() => import('./months/MonthsPage'), 'MonthsPage') });

const reservations = createRoute({ getParentRoute: () => base, path: 'reservations', validateSearch: listSearch, component: lazyRouteComponent(() => import('./reservations/ReservationsPage'), 'ReservationsPage') });
const reserve = createRoute({ getParentRoute: () => base, path: 'reservations/new', validateSearch: from('key'), component: lazyRouteComponent(() => import('./reservations/ReservePage'), 'ReservePage') });
const reservation = createRoute({ getParentRoute: () => base, path: 'reservations/$id', component: lazyRouteComponent(() => import('./reservations/ReservationPage'), 'ReservationPage') });

const commitments = createRoute({ getParentRoute: () => base, path: 'commitments', validateSearch: listSearch, component: lazyRouteComponent(() => import('./commitments/CommitmentsPage'), 'CommitmentsPage') });
const commit = createRoute({ getParentRoute: () => base, path: 'commitments/new', validateSearch: from('reservation'), component: lazyRouteComponent(() => import('./commitments/CommitPage'), 'CommitPage') });
const commitment = createRoute({ getParentRoute: () => base, path: 'commitments/$id', component: lazyRouteComponent(() => import('./commitments/CommitmentPage'), 'CommitmentPage') });

const claims = createRoute({ getParentRoute: () => base, path: 'claims', validateSearch: listSearch, component: lazyRouteComponent(() => import('./claims/ClaimsPage'), 'ClaimsPage') });
const registerClaim = createRoute({ getParentRoute: () => base, path: 'claims/new', validateSearch: from('commitment'), component: lazyRouteComponent(() => import('./claims/RegisterClaimPage'), 'RegisterClaimPage') });
const claim = createRoute({ getParentRoute: () => base, path: 'claims/$id', component: lazyRouteComponent(() => import('./claims/ClaimPage'), 'ClaimPage') });

const vouchers = createRoute({ getParentRoute: () => base, path: 'vouchers', validateSearch: listSearch, component: lazyRouteComponent(() => import('./vouchers/VouchersPage'), 'VouchersPage') });
const prepareVoucher = createRoute({ getParentRoute: () => base, path: 'vouchers/new', validateSearch: from('claim', 'revise'), component: lazyRouteComponent(() => import('./vouchers/PreparePage'), 'PreparePage') });
const voucher = createRoute({ getParentRoute: () => base, path: 'vouchers/$id', component: lazyRouteComponent(() => import('./vouchers/VoucherPage'), 'VoucherPage') });

const batches = createRoute({ getParentRoute: () => base, path: 'batches', validateSearch: listSearch, component: lazyRouteComponent(() => import('./treasury/BatchesPage'), 'BatchesPage') });
const buildBatch = createRoute({ getParentRoute: () => base, path: 'batches/new', component: lazyRouteComponent(() => import('./treasury/BuildBatchPage'), 'BuildBatchPage') });
const batch = createRoute({ getParentRoute: () => base, path: 'batches/$id', component: lazyRouteComponent(() => import('./treasury/BatchPage'), 'BatchPage') });
const accounts = createRoute({ getParentRoute: () => base, path: 'accounts', component: lazyRouteComponent(() => import('./treasury/AccountsPage'), 'AccountsPage') });

const statements = createRoute({ getParentRoute: () => base, path: 'statements', validateSearch: listSearch, component: lazyRouteComponent(() => import('./treasury/StatementsPage'), 'StatementsPage') });
const statement = createRoute({ getParentRoute: () => base, path: 'statements/$id', component: lazyRouteComponent(() => import('./treasury/StatementPage'), 'StatementPage') });

const receipts = createRoute({ getParentRoute: () => base, path: 'receipts', validateSearch: from('book'), component: lazyRouteComponent(() => import('./cash/CashierPage'), 'CashierPage') });
const issueReceipt = createRoute({ getParentRoute: () => base, path: 'receipts/new', validateSearch: from('book'), component: lazyRouteComponent(() => import('./cash/IssueReceiptPage'), 'IssueReceiptPage') });
const receipt = createRoute({ getParentRoute: () => base, path: 'receipts/$id', component: lazyRouteComponent(() => import('./cash/ReceiptPage'), 'ReceiptPage') });
const advances = createRoute({ getParentRoute: () => base, path: 'advances', validateSearch: listSearch, component: lazyRouteComponent(() => import('./cash/AdvancesPage'), 'AdvancesPage') });
const requestAdvance = createRoute({ getParentRoute: () => base, path: 'advances/new', component: lazyRouteComponent(() => import('./cash/RequestAdvancePage'), 'RequestAdvancePage') });
const advance = createRoute({ getParentRoute: () => base, path: 'advances/$id', component: lazyRouteComponent(() => import('./cash/AdvancePage'), 'AdvancePage') });
const trusts = createRoute({ getParentRoute: () => base, path: 'trusts', validateSearch: listSearch, component: lazyRouteComponent(() => import('./cash/TrustsPage'), 'TrustsPage') });
const openTrust = createRoute({ getParentRoute: () => base, path: 'trusts/new', component: lazyRouteComponent(() => import('./cash/OpenTrustPage'), 'OpenTrustPage') });
const trust = createRoute({ getParentRoute: () => base, path: 'trusts/$id', component: lazyRouteComponent(() => import('./cash/TrustPage'), 'TrustPage') });

const virements = createRoute({ getParentRoute: () => base, path: 'virements', validateSearch: listSearch, component: lazyRouteComponent(() => import('./virements/VirementsPage'), 'VirementsPage') });
const proposeVirement = createRoute({ getParentRoute: () => base, path: 'virements/new', component: lazyRouteComponent(() => import('./virements/ProposePage'), 'ProposePage') });
const virement = createRoute({ getParentRoute: () => base, path: 'virements/$id', component: lazyRouteComponent(() => import('./virements/VirementPage'), 'VirementPage') });

const orders = createRoute({ getParentRoute: () => base, path: 'orders', validateSearch: listSearch, component: lazyRouteComponent(() => import('./orders/OrdersPage'), 'OrdersPage') });
const draftOrder = createRoute({ getParentRoute: () => base, path: 'orders/new', component: lazyRouteComponent(() => import('./orders/DraftOrderPage'), 'DraftOrderPage') });
const order = createRoute({ getParentRoute: () => base, path: 'orders/$id', component: lazyRouteComponent(() => import('./orders/OrderPage'), 'OrderPage') });

const payees = createRoute({ getParentRoute: () => base, path: 'payees', validateSearch: listSearch, component: lazyRouteComponent(() => import('./payees/PayeesPage'), 'PayeesPage') });
const registerPayee = createRoute({ getParentRoute: () => base, path: 'payees/new', component: lazyRouteComponent(() => import('./payees/RegisterPayeePage'), 'RegisterPayeePage') });
const payee = createRoute({ getParentRoute: () => base, path: 'payees/$id', component: lazyRouteComponent(() => import('./payees/PayeePage'), 'PayeePage') });

const trialBalance = createRoute({ getParentRoute: () => base, path: 'trial-balance', validateSearch: trialBalanceSearch, component: lazyRouteComponent(() => import('./trial-balance/TrialBalancePage'), 'TrialBalancePage') });
const ledger = createRoute({
  getParentRoute: () => base,
  path: 'ledger/$account',
  validateSearch: (search: Record<string, unknown>): { fund?: string } => {
    const fund = text(search['fund']);
    return fund ? { fund } : {};
  },
  component: lazyRouteComponent(() => import('./ledger/LedgerPage'), 'LedgerPage'),
});
const journals = createRoute({ getParentRoute: () => base, path: 'journals', validateSearch: listSearch, component: lazyRouteComponent(() => import('./journals/JournalsPage'), 'JournalsPage') });
const draftJournal = createRoute({ getParentRoute: () => base, path: 'journals/new', validateSearch: from('draft'), component: lazyRouteComponent(() => import('./journals/DraftJournalPage'), 'DraftJournalPage') });
const journal = createRoute({ getParentRoute: () => base, path: 'journals/$id', component: lazyRouteComponent(() => import('./journals/JournalPage'), 'JournalPage') });
const closing = createRoute({ getParentRoute: () => base, path: 'closing', validateSearch: from('period', 'step'), component: lazyRouteComponent(() => import('./closing/ClosingPage'), 'ClosingPage') });

const yearEnd = createRoute({ getParentRoute: () => base, path: 'year-end', component: lazyRouteComponent(() => import('./yearend/YearEndPage'), 'YearEndPage') });
const preparations = createRoute({ getParentRoute: () => base, path: 'preparation', component: lazyRouteComponent(() => import('./preparation/PreparationPage'), 'PreparationPage') });
const cycle = createRoute({ getParentRoute: () => base, path: 'preparation/$year', component: lazyRouteComponent(() => import('./preparation/CyclePage'), 'CyclePage') });
const request = createRoute({ getParentRoute: () => base, path: 'preparation/$year/$chapter/$programme', component: lazyRouteComponent(() => import('./preparation/RequestPage'), 'RequestPage') });

export const finance = base.addChildren([
  today, execution, months,
  reservations, reserve, reservation,
  commitments, commit, commitment,
  claims, registerClaim, claim,
  vouchers, prepareVoucher, voucher,
  batches, buildBatch, batch, accounts, statements, statement,
  receipts, issueReceipt, receipt, advances, requestAdvance, advance, trusts, openTrust, trust,
  virements, proposeVirement, virement,
  orders, draftOrder, order,
  payees, registerPayee, payee,
  preparations, cycle, request,
  trialBalance, ledger, journals, draftJournal, journal, closing, yearEnd,
]);
