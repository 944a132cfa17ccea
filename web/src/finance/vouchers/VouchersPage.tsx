import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import type { WorkColumn } from '../../archetype/worklist/columns';
import type { BulkAct } from '../../archetype/worklist/SelectionBar';
import { ApproveVoucherDocument, AuditVoucherDocument, VouchersDocument, type VoucherHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { sumMoney } from '../sum';
import { ownStage } from './acts';
import { stages } from './search';
import { VoucherPeek } from './VoucherPeek';

/** Payment vouchers (مستندات الصرف): first those that wait for the person, then any stage. */
export function VouchersPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const columns = useMemo<WorkColumn<VoucherHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/vouchers/$id" params={{ id: row.id }}><Ref number={row.number} /></Link>, value: (row) => row.number },
      { name: 'payee', head: t('list.payee'), width: 220, grow: true, cell: (row) => row.payee && <BiText text={row.payee.name} />, value: (row) => (row.payee ? inLanguage(row.payee.name, language) : ''), group: (row) => (row.payee ? inLanguage(row.payee.name, language) : '—') },
      { name: 'narration', head: t('vouchers.narration'), width: 180, cell: (row) => <Words of={row.narration} /> },
      { name: 'date', head: t('list.date'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '', group: (row) => (row.date ?? '').slice(0, 7) },
      { name: 'gross', head: t('vouchers.gross'), width: 150, amount: true, cell: (row) => <Money value={row.gross} />, value: (row) => minorUnits(row.gross) },
      { name: 'net', head: t('vouchers.net'), width: 150, amount: true, cell: (row) => <Money value={row.net} strong />, value: (row) => minorUnits(row.net) },
      { name: 'state', head: t('list.state'), width: 262, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t, language],
  );
  const bulkOf = (name: 'audit' | 'approve', stage: string, permission: string, document: typeof AuditVoucherDocument | typeof ApproveVoucherDocument): BulkAct<VoucherHeadFragment>[] =>
    may(permission)
      ? [{
          name,
          label: t(`vouchers.act.${name}`),
          allowed: (row) => row.stateCode === stage,
          effect: (rows) => <>{t(`vouchers.bulk.${name}`)} <Money value={sumMoney(rows.map((row) => row.net))} withCurrency strong /></>,
          title: (row) => <><Ref number={row.number} /> · <Money value={row.net} /></>,
          run: (row) => command.send(`${name} ${row.id}`, document as typeof AuditVoucherDocument, { id: row.id }),
        }]
      : [];
  return (
    <DocumentList
      name="vouchers"
      query={VouchersDocument}
      pick={(data) => data.vouchers}
      columns={columns}
      states={stages}
      usual={ownStage(may) ?? 'all'}
      byPayee
      texts={(row) => [row.number, row.narration, row.payee?.name.ar, row.payee?.name.en]}
      open={(row) => void navigate({ to: '/finance/vouchers/$id', params: { id: row.id } })}
      peek={(row) => <VoucherPeek id={row.id} />}
      bulk={[
        ...bulkOf('audit', 'audit', 'finance.voucher.audit', AuditVoucherDocument),
        ...bulkOf('approve', 'approval', 'finance.voucher.approve', ApproveVoucherDocument),
        ...bulkOf('approve', 'spending_officer', 'finance.voucher.approve_above', ApproveVoucherDocument),
      ]}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.net))} strong />}
      acts={may('finance.voucher.prepare') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/vouchers/new' })}>{t('vouchers.new')}</Button>}
      card={(row) => (
        <Link to="/finance/vouchers/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          {row.payee && <b><BiText text={row.payee.name} /></b>}
          <dl>
            <div><dt>{t('vouchers.net')}</dt><dd><Money value={row.net} strong /></dd></div>
            <div><dt>{t('list.date')}</dt><dd><DateText day={row.date} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
