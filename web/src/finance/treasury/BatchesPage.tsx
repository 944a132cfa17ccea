import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { BatchesDocument, type BatchHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** Payment batches (دفعات الصرف): the orders to the banks, each by two people. */
export function BatchesPage() {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const answered = (row: BatchHeadFragment) => t('batches.answeredOf', { n: inFamily(String(row.answered), family), of: inFamily(String(row.count), family) });
  const columns = useMemo<WorkColumn<BatchHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 120, cell: (row) => <Link tabIndex={-1} to="/finance/batches/$id" params={{ id: row.id }}><Ref number={row.number} /></Link>, value: (row) => row.number },
      { name: 'treasury', head: t('batches.treasury'), width: 240, grow: true, cell: (row) => <BiText text={row.treasuryName} />, value: (row) => inLanguage(row.treasuryName, language), group: (row) => inLanguage(row.treasuryName, language) },
      { name: 'date', head: t('list.date'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '', group: (row) => (row.date ?? '').slice(0, 7) },
      { name: 'payOn', head: t('batches.payOn'), width: 130, cell: (row) => <DateText day={row.payOn} />, value: (row) => row.payOn ?? '' },
      { name: 'answered', head: t('batches.answers'), width: 150, cell: (row) => (row.stateCode === 'released' || row.stateCode === 'settled' ? answered(row) : '') },
      { name: 'total', head: t('lines.total'), width: 160, amount: true, cell: (row) => <Money value={row.total} strong />, value: (row) => minorUnits(row.total) },
      { name: 'state', head: t('list.state'), width: 220, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t, language, family],
  );
  return (
    <DocumentList
      name="batches"
      query={BatchesDocument}
      pick={(data) => data.batches}
      columns={columns}
      states={['built', 'released', 'settled', 'dropped']}
      texts={(row) => [row.number, row.treasuryName.ar, row.treasuryName.en]}
      open={(row) => void navigate({ to: '/finance/batches/$id', params: { id: row.id } })}
      kinds={<Kinds section="bank" here="batches" />}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.total))} strong />}
      acts={may('finance.voucher.pay') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/batches/new' })}>{t('batches.new')}</Button>}
      card={(row) => (
        <Link to="/finance/batches/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          <b><BiText text={row.treasuryName} /></b>
          <dl>
            <div><dt>{t('lines.total')}</dt><dd><Money value={row.total} strong /></dd></div>
            <div><dt>{t('batches.payOn')}</dt><dd><DateText day={row.payOn} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
