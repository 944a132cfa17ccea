import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { OrdersDocument, type OrderHeadFragment } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** Financial orders (الأوامر المالية): the releases of allotments. */
export function OrdersPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<OrderHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/orders/$id" params={{ id: row.id }}>{row.number ? <Ref number={row.number} /> : t('list.unnumbered')}</Link>, value: (row) => row.number },
      { name: 'kind', head: t('orders.kind'), width: 110, cell: (row) => t(`orders.kinds.${row.kind}`), group: (row) => t(`orders.kinds.${row.kind}`) },
      { name: 'subject', head: t('orders.subject'), width: 300, grow: true, cell: (row) => <Words of={row.subject} /> },
      { name: 'total', head: t('orders.total'), width: 170, amount: true, cell: (row) => <Money value={row.total} strong />, value: (row) => minorUnits(row.total) },
      { name: 'drafted', head: t('orders.draftedBy'), width: 160, cell: (row) => <Person name={row.draftedBy.name} /> },
      { name: 'date', head: t('orders.certifiedOn'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '' },
      { name: 'state', head: t('list.state'), width: 130, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t],
  );
  return (
    <DocumentList
      name="orders"
      query={OrdersDocument}
      pick={(data) => data.orders}
      columns={columns}
      states={['draft', 'certified', 'cancelled']}
      usual={may('finance.order.certify') ? 'draft' : 'all'}
      texts={(row) => [row.number, row.subject]}
      open={(row) => void navigate({ to: '/finance/orders/$id', params: { id: row.id } })}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.total))} strong />}
      kinds={<Kinds section="virements" here="orders" />}
      acts={may('finance.order.draft') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/orders/new' })}>{t('orders.new')}</Button>}
      card={(row) => (
        <Link to="/finance/orders/$id" params={{ id: row.id }}>
          <span className="dw-card-top">{row.number ? <Ref number={row.number} /> : t('list.unnumbered')} <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          <b><Words of={row.subject} /></b>
          <dl>
            <div><dt>{t('orders.total')}</dt><dd><Money value={row.total} strong /></dd></div>
            <div><dt>{t('orders.kind')}</dt><dd>{t(`orders.kinds.${row.kind}`)}</dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
