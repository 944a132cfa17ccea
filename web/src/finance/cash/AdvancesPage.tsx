import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { AdvancesDocument, type AdvanceHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** Advances (السلف) with their age: what is out, in whose hand, and how long past its day. */
export function AdvancesPage() {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<AdvanceHeadFragment>[]>(() => {
    const age = (row: AdvanceHeadFragment) => (row.stateCode !== 'out' ? '—' : row.overdue === 0 ? t('advances.age.within') : row.overdue <= 30 ? t('advances.age.month') : row.overdue <= 90 ? t('advances.age.quarter') : t('advances.age.more'));
    return [
      { name: 'number', head: t('list.number'), width: 120, cell: (row) => <Link tabIndex={-1} to="/finance/advances/$id" params={{ id: row.id }}>{row.number ? <Ref number={row.number} /> : t('list.unnumbered')}</Link>, value: (row) => row.number },
      { name: 'holder', head: t('advances.holder'), width: 220, grow: true, cell: (row) => row.payee && <BiText text={row.payee.name} />, value: (row) => (row.payee ? inLanguage(row.payee.name, language) : ''), group: (row) => (row.payee ? inLanguage(row.payee.name, language) : '—') },
      { name: 'purpose', head: t('advances.purpose'), width: 200, cell: (row) => <Words of={row.purpose} /> },
      { name: 'due', head: t('advances.due'), width: 130, cell: (row) => <DateText day={row.due} />, value: (row) => row.due ?? '' },
      { name: 'age', head: t('advances.overdue'), width: 150, cell: (row) => row.overdue > 0 && <span className="dw-low">{t('advances.days', { count: row.overdue, n: inFamily(String(row.overdue), family) })}</span>, value: (row) => BigInt(row.overdue), group: age },
      { name: 'amount', head: t('lines.amount'), width: 140, amount: true, cell: (row) => <Money value={row.amount} />, value: (row) => minorUnits(row.amount) },
      { name: 'outstanding', head: t('advances.outstanding'), width: 150, amount: true, cell: (row) => <Money value={row.outstanding} strong />, value: (row) => minorUnits(row.outstanding) },
      { name: 'state', head: t('list.state'), width: 180, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ];
  }, [t, language, family]);
  return (
    <DocumentList
      name="advances"
      query={AdvancesDocument}
      pick={(data) => data.advances}
      columns={columns}
      states={['requested', 'approved', 'out', 'settled', 'refused']}
      byPayee
      unsaved
      texts={(row) => [row.number, row.purpose, row.payee?.name.ar, row.payee?.name.en]}
      open={(row) => void navigate({ to: '/finance/advances/$id', params: { id: row.id } })}
      kinds={<Kinds section="cash" here="advances" />}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.outstanding))} strong />}
      acts={may('finance.voucher.prepare') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/advances/new' })}>{t('advances.new')}</Button>}
      card={(row) => (
        <Link to="/finance/advances/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number || '—'} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          {row.payee && <b><BiText text={row.payee.name} /></b>}
          <dl>
            <div><dt>{t('advances.outstanding')}</dt><dd><Money value={row.outstanding} strong /></dd></div>
            <div><dt>{t('advances.due')}</dt><dd><DateText day={row.due} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
