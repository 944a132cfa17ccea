import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { VouchersDocument, type VoucherHeadFragment } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Stale, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Table, type Column } from '../../sheet/Table';
import { Tag } from '../../sheet/Tag';
import { usePages } from '../../sheet/use-pages';
import { useFinanceScope } from '../../shell/finance-scope';
import { usePhone } from '../../shell/phone';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { ownStage } from './acts';
import { stages, type VouchersSearch } from './search';
import './vouchers.css';

/** Payment vouchers (مستندات الصرف): first those that wait for the person, then any stage. */
export function VouchersPage() {
  const { t } = useTranslation();
  const phone = usePhone();
  const { may } = useSession();
  const { year } = useFinanceScope();
  const search: VouchersSearch = useSearch({ from: '/finance/vouchers' });
  const navigate = useNavigate({ from: '/finance/vouchers' });
  const stage = search.stage ?? ownStage(may) ?? 'all';
  const { data, rows, more, fetching, stale, behind, error, again } = usePages(
    VouchersDocument,
    { year, state: stage === 'all' ? null : stage, first: 50 },
    (answer) => answer.vouchers,
  );
  return (
    <Page fixed title={t('finance.vouchers')} crumbs={[<Link key="module" to="/finance/execution">{t('module.finance')}</Link>, t('finance.vouchers')]} sections={<FinanceSections />}>
      {error && <Unread kept={rows.length > 0} again={again} />}
      {behind && <Stale again={again} />}
      <div className="dw-toolbar">
        <Select
          aria-label={t('vouchers.stage')}
          prefix={t('segment.filter', { segment: t('vouchers.stage') })}
          popupMatchSelectWidth={false}
          value={stage}
          options={(['all', ...stages] as const).map((value) => ({ value, label: t(`vouchers.stages.${value}`) }))}
          onChange={(chosen) => void navigate({ search: (before) => ({ ...before, stage: chosen }) })}
        />
        <span className="dw-stated dw-push">{t('unit.statedOne')}</span>
      </div>
      <section className={`${phone ? '' : 'dw-sheet dw-ruled dw-fill'}${fetching || stale ? ' dw-reading' : ''}`} aria-label={t('finance.vouchers')}>
        {rows.length === 0 && !data && !error && <RuledLines rows={12} />}
        {rows.length === 0 && data && <Empty>{t(stage === 'all' ? 'vouchers.empty' : 'vouchers.emptyStage', { stage: t(`vouchers.stages.${stage}`) })}</Empty>}
        {rows.length > 0 && (phone ? <Cards rows={rows} /> : <Rows rows={rows} more={more} />)}
      </section>
    </Page>
  );
}

function Rows({ rows, more }: { rows: VoucherHeadFragment[]; more: (() => void) | undefined }) {
  const { t } = useTranslation();
  const columns: Column<VoucherHeadFragment>[] = [
    { name: 'number', head: t('vouchers.number'), width: '140px', cell: (row) => <Link to="/finance/vouchers/$id" params={{ id: row.id }}><Ref number={row.number} /></Link> },
    { name: 'payee', head: t('vouchers.payee'), cell: (row) => row.payee && <BiText text={row.payee.name} /> },
    { name: 'narration', head: t('vouchers.narration'), cell: (row) => <Words of={row.narration} /> },
    { name: 'date', head: t('ledger.date'), width: '120px', cell: (row) => <DateText day={row.date} /> },
    { name: 'gross', head: t('vouchers.gross'), amount: true, width: '150px', cell: (row) => <Money value={row.gross} /> },
    { name: 'net', head: t('vouchers.net'), amount: true, width: '150px', cell: (row) => <Money value={row.net} strong /> },
    { name: 'state', head: t('execution.state'), width: '220px', cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag> },
  ];
  return <Table caption={t('finance.vouchers')} columns={columns} rows={rows} rowKey={(row) => row.id} more={more} minimum="1080px" />;
}

function Cards({ rows }: { rows: VoucherHeadFragment[] }) {
  return (
    <ul className="dw-voucher-cards">
      {rows.map((row) => (
        <li key={row.id} className="dw-sheet">
          <Link to="/finance/vouchers/$id" params={{ id: row.id }}>
            <span><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
            {row.payee && <b><BiText text={row.payee.name} /></b>}
            <Money value={row.net} withCurrency strong />
          </Link>
        </li>
      ))}
    </ul>
  );
}
