import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import type { WorkColumn } from '../../archetype/worklist/columns';
import type { BulkAct } from '../../archetype/worklist/SelectionBar';
import { InvoicesDocument, VerifyInvoiceDocument, type InvoiceHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';
import { sumMoney } from '../sum';

/** Claims (المطالبات): what suppliers ask for, and where each stands. */
export function ClaimsPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const columns = useMemo<WorkColumn<InvoiceHeadFragment>[]>(
    () => [
      { name: 'number', head: t('claims.number'), width: 140, cell: (row) => <Link tabIndex={-1} to="/finance/claims/$id" params={{ id: row.id }}><Ref number={row.number} /></Link>, value: (row) => row.number },
      { name: 'payee', head: t('list.payee'), width: 240, grow: true, cell: (row) => row.payee && <BiText text={row.payee.name} />, value: (row) => (row.payee ? inLanguage(row.payee.name, language) : ''), group: (row) => (row.payee ? inLanguage(row.payee.name, language) : '—') },
      { name: 'narration', head: t('claims.narration'), width: 200, cell: (row) => <bdi>{row.narration}</bdi> },
      { name: 'total', head: t('lines.amount'), width: 150, amount: true, cell: (row) => <Money value={row.total} strong />, value: (row) => minorUnits(row.total) },
      { name: 'received', head: t('claims.receivedOn'), width: 120, cell: (row) => <DateText day={row.receivedOn} />, value: (row) => row.receivedOn ?? '' },
      { name: 'due', head: t('claims.dueOn'), width: 120, cell: (row) => <DateText day={row.dueOn} />, value: (row) => row.dueOn ?? '' },
      { name: 'state', head: t('list.state'), width: 170, cell: (row) => <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag>, group: (row) => t(`states.${row.stateCode}`) },
    ],
    [t, language],
  );
  const bulk: BulkAct<InvoiceHeadFragment>[] = may('finance.invoice.verify')
    ? [{
        name: 'verify',
        label: t('claims.act.verify'),
        allowed: (row) => row.stateCode === 'registered',
        effect: (rows) => <>{t('claims.verifyEffect')} <Money value={sumMoney(rows.map((row) => row.total))} withCurrency strong /></>,
        title: (row) => <><Ref number={row.number} /> · <Money value={row.total} /></>,
        run: (row) => command.send(`verify ${row.id}`, VerifyInvoiceDocument, { id: row.id }),
      }]
    : [];
  return (
    <DocumentList
      name="claims"
      query={InvoicesDocument}
      pick={(data) => data.invoices}
      columns={columns}
      states={['registered', 'verified', 'disputed', 'cancelled']}
      usual={may('finance.invoice.verify') ? 'registered' : 'all'}
      byPayee
      texts={(row) => [row.number, row.narration, row.payee?.name.ar, row.payee?.name.en]}
      open={(row) => void navigate({ to: '/finance/claims/$id', params: { id: row.id } })}
      bulk={bulk}
      sum={(rows) => <Money value={sumMoney(rows.map((row) => row.total))} strong />}
      card={(row) => (
        <Link to="/finance/claims/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><Ref number={row.number} /> <Tag ink={inkOf(row.stateCode)}><BiText text={row.state} /></Tag></span>
          {row.payee && <b><BiText text={row.payee.name} /></b>}
          <dl>
            <div><dt>{t('lines.amount')}</dt><dd><Money value={row.total} strong /></dd></div>
            <div><dt>{t('claims.dueOn')}</dt><dd><DateText day={row.dueOn} /></dd></div>
          </dl>
        </Link>
      )}
    />
  );
}
