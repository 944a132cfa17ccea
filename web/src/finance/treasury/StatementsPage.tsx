import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { Upload } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { StatementsDocument, type StatementHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { Count } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { Kinds } from '../Kinds';
import { SendStatement } from './SendStatement';

/** Statements of the treasury's accounts (كشوف الحساب): those in quarantine with their reason, those being reconciled, those approved. */
export function StatementsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const [sending, setSending] = useState(false);
  const columns = useMemo<WorkColumn<StatementHeadFragment>[]>(
    () => [
      { name: 'number', head: t('list.number'), width: 130, cell: (row) => <Link tabIndex={-1} to="/finance/statements/$id" params={{ id: row.id }}>{row.number ? <Ref number={row.number} /> : t('list.unnumbered')}</Link>, value: (row) => row.number },
      { name: 'treasury', head: t('accounts.account'), width: 220, grow: true, cell: (row) => <BiText text={row.treasuryName} />, value: (row) => inLanguage(row.treasuryName, language), group: (row) => inLanguage(row.treasuryName, language) },
      { name: 'to', head: t('statements.to'), width: 120, cell: (row) => <DateText day={row.to} />, value: (row) => row.to ?? '' },
      { name: 'opening', head: t('statements.opening'), width: 160, amount: true, cell: (row) => <Money value={row.opening} />, value: (row) => minorUnits(row.opening) },
      { name: 'closing', head: t('statements.closing'), width: 160, amount: true, cell: (row) => <Money value={row.closing} strong />, value: (row) => minorUnits(row.closing) },
      { name: 'open', head: t('statements.openLines'), width: 120, cell: (row) => <Count of={BigInt(row.openLines)} />, value: (row) => BigInt(row.openLines) },
      { name: 'state', head: t('list.state'), width: 300, cell: (row) => <><Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>{row.reasons[0] && <small className="dw-low"> {inLanguage(row.reasons[0].message, language)}</small>}</>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t, language],
  );
  return (
    <>
      <DocumentList
        name="statements"
        query={StatementsDocument}
        pick={(data) => data.statements}
        columns={columns}
        states={['quarantined', 'accepted', 'reconciled']}
        everyYear
        unsaved
        texts={(row) => [row.number, row.treasuryName.ar, row.treasuryName.en]}
        open={(row) => void navigate({ to: '/finance/statements/$id', params: { id: row.id } })}
        kinds={<Kinds section="bank" here="statements" />}
        acts={may('finance.bank.reconcile') && <Button type="primary" icon={<Upload className="dw-icon-small" aria-hidden="true" />} onClick={() => setSending(true)}>{t('statements.new')}</Button>}
        card={(row) => (
          <Link to="/finance/statements/$id" params={{ id: row.id }}>
            <span className="dw-card-top"><Ref number={row.number || '—'} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
            <b><BiText text={row.treasuryName} /></b>
            <dl>
              <div><dt>{t('statements.closing')}</dt><dd><Money value={row.closing} strong /></dd></div>
              <div><dt>{t('statements.to')}</dt><dd><DateText day={row.to} /></dd></div>
            </dl>
          </Link>
        )}
      />
      {sending && <SendStatement leave={() => setSending(false)} />}
    </>
  );
}
