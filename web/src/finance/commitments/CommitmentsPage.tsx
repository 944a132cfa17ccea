import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { CommitmentsDocument, type CommitmentHeadFragment } from '../../generated/graph';
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
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** Commitments (الالتزامات): contracts and orders, what each still binds. */
export function CommitmentsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<CommitmentHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/commitments/$id" params={{ id: row.id }}><Ref number={row.number} /></Link>, value: (row) => row.number },
      { name: 'subject', head: t('commitments.subject'), width: 240, grow: true, cell: (row) => <Words of={row.subject} /> },
      { name: 'payee', head: t('list.payee'), width: 200, cell: (row) => row.payee && <BiText text={row.payee.name} />, value: (row) => (row.payee ? inLanguage(row.payee.name, language) : ''), group: (row) => (row.payee ? inLanguage(row.payee.name, language) : '—') },
      { name: 'reference', head: t('commitments.reference'), width: 140, cell: (row) => <bdi dir="ltr">{row.reference}</bdi> },
      { name: 'total', head: t('commitments.total'), width: 150, amount: true, cell: (row) => <Money value={row.total} />, value: (row) => minorUnits(row.total) },
      { name: 'outstanding', head: t('commitments.outstanding'), width: 150, amount: true, cell: (row) => <Money value={row.outstanding} strong />, value: (row) => minorUnits(row.outstanding) },
      { name: 'date', head: t('list.date'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '' },
      { name: 'state', head: t('list.state'), width: 130, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t, language],
  );
  return (
    <DocumentList
      name="commitments"
      query={CommitmentsDocument}
      pick={(data) => data.commitments}
      columns={columns}
      states={['open', 'consumed', 'released', 'closed']}
      byPayee
      texts={(row) => [row.number, row.subject, row.reference, row.payee?.name.ar, row.payee?.name.en]}
      open={(row) => void navigate({ to: '/finance/commitments/$id', params: { id: row.id } })}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.outstanding))} strong />}
      kinds={<Kinds section="commitments" here="commitments" />}
      acts={may('finance.commitment.record') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/commitments/new' })}>{t('commitments.new')}</Button>}
      card={(row) => (
        <Link to="/finance/commitments/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          <b><Words of={row.subject} /></b>
          <dl>
            <div><dt>{t('commitments.outstanding')}</dt><dd><Money value={row.outstanding} strong /></dd></div>
            <div><dt>{t('commitments.total')}</dt><dd><Money value={row.total} /></dd></div>
            {row.payee && <div><dt>{t('list.payee')}</dt><dd><BiText text={row.payee.name} /></dd></div>}
          </dl>
        </Link>
      )}
    />
  );
}
