import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { TrustsDocument, type TrustHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { BiText, inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { DocumentList } from '../DocumentList';
import { Kinds } from '../Kinds';
import { sumMoney } from '../sum';

/** What is held for others (الأمانات), with the balance of each beneficiary. */
export function TrustsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<TrustHeadFragment>[]>(() => {
    const name = (row: TrustHeadFragment) => (row.payee ? inLanguage(row.payee.name, language) : '—');
    return [
      { name: 'beneficiary', head: t('trusts.beneficiary'), width: 240, grow: true, cell: (row) => <Link tabIndex={-1} to="/finance/trusts/$id" params={{ id: row.id }}>{row.payee ? <BiText text={row.payee.name} /> : '—'}</Link>, value: name, group: name },
      { name: 'purpose', head: t('advances.purpose'), width: 260, cell: (row) => <Words of={row.purpose} /> },
      { name: 'date', head: t('list.date'), width: 130, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '' },
      { name: 'held', head: t('trusts.held'), width: 150, amount: true, cell: (row) => <Money value={row.held} />, value: (row) => minorUnits(row.held) },
      { name: 'balance', head: t('trusts.balance'), width: 160, amount: true, cell: (row) => <Money value={row.balance} strong />, value: (row) => minorUnits(row.balance) },
    ];
  }, [t, language]);
  return (
    <DocumentList
      name="trusts"
      query={TrustsDocument}
      pick={(data) => data.trusts}
      columns={columns}
      byPayee
      everyYear
      unsaved
      texts={(row) => [row.purpose, row.payee?.name.ar, row.payee?.name.en]}
      open={(row) => void navigate({ to: '/finance/trusts/$id', params: { id: row.id } })}
      kinds={<Kinds section="cash" here="trusts" />}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.balance))} strong />}
      acts={may('finance.voucher.pay') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/trusts/new' })}>{t('trusts.new')}</Button>}
      card={(row) => (
        <Link to="/finance/trusts/$id" params={{ id: row.id }}>
          <b>{row.payee ? <BiText text={row.payee.name} /> : '—'}</b>
          <dl>
            <div><dt>{t('trusts.balance')}</dt><dd><Money value={row.balance} strong /></dd></div>
            <div><dt>{t('advances.purpose')}</dt><dd><Words of={row.purpose} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
