import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { ReservationsDocument, type ReservationHeadFragment } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** Reservations (الحجوزات): what is held, and until when. */
export function ReservationsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<ReservationHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/reservations/$id" params={{ id: row.id }}><Ref number={row.number} /></Link>, value: (row) => row.number },
      { name: 'subject', head: t('reservations.subject'), width: 280, grow: true, cell: (row) => <Words of={row.subject} /> },
      { name: 'total', head: t('lines.amount'), width: 150, amount: true, cell: (row) => <Money value={row.total} strong />, value: (row) => minorUnits(row.total) },
      { name: 'date', head: t('list.date'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '', group: (row) => (row.date ?? '').slice(0, 7) },
      { name: 'expires', head: t('reservations.expires'), width: 130, cell: (row) => <DateText day={row.expires} />, value: (row) => row.expires ?? '' },
      { name: 'state', head: t('list.state'), width: 190, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t],
  );
  return (
    <DocumentList
      name="reservations"
      query={ReservationsDocument}
      pick={(data) => data.reservations}
      columns={columns}
      states={['held', 'converted', 'released', 'expired']}
      texts={(row) => [row.number, row.subject]}
      open={(row) => void navigate({ to: '/finance/reservations/$id', params: { id: row.id } })}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.total))} strong />}
      kinds={<Kinds section="commitments" here="reservations" />}
      acts={may('finance.reservation.record') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/reservations/new' })}>{t('reservations.new')}</Button>}
      card={(row) => (
        <Link to="/finance/reservations/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          <b><Words of={row.subject} /></b>
          <dl>
            <div><dt>{t('lines.amount')}</dt><dd><Money value={row.total} strong /></dd></div>
            <div><dt>{t('reservations.expires')}</dt><dd><DateText day={row.expires} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
