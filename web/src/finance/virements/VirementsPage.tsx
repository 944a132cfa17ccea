import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { ArrowLeftRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { VirementsDocument, type VirementHeadFragment } from '../../generated/graph';
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

/** Virements (المناقلات): appropriation moved between lines. */
export function VirementsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<VirementHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/virements/$id" params={{ id: row.id }}>{row.number ? <Ref number={row.number} /> : t('list.unnumbered')}</Link>, value: (row) => row.number },
      { name: 'reason', head: t('virements.reason'), width: 320, grow: true, cell: (row) => <Words of={row.reason} /> },
      { name: 'total', head: t('virements.total'), width: 150, amount: true, cell: (row) => <Money value={row.total} strong />, value: (row) => minorUnits(row.total) },
      { name: 'proposed', head: t('virements.proposedBy'), width: 160, cell: (row) => <Person name={row.proposedBy.name} /> },
      { name: 'date', head: t('virements.decidedOn'), width: 120, cell: (row) => <DateText day={row.date} />, value: (row) => row.date ?? '' },
      { name: 'state', head: t('list.state'), width: 150, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t],
  );
  return (
    <DocumentList
      name="virements"
      query={VirementsDocument}
      pick={(data) => data.virements}
      columns={columns}
      states={['proposed', 'approved', 'rejected']}
      usual={may('finance.virement.approve') ? 'proposed' : 'all'}
      texts={(row) => [row.number, row.reason]}
      open={(row) => void navigate({ to: '/finance/virements/$id', params: { id: row.id } })}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.total))} strong />}
      kinds={<Kinds section="virements" here="virements" />}
      acts={may('finance.virement.propose') && <Button type="primary" icon={<ArrowLeftRight className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/virements/new' })}>{t('virements.new')}</Button>}
      card={(row) => (
        <Link to="/finance/virements/$id" params={{ id: row.id }}>
          <span className="dw-card-top">{row.number ? <Ref number={row.number} /> : t('list.unnumbered')} <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          <b><Words of={row.reason} /></b>
          <dl><div><dt>{t('virements.total')}</dt><dd><Money value={row.total} strong /></dd></div></dl>
        </Link>
      )}
    />
  );
}
