import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { UserPlus } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkColumn } from '../../archetype/worklist/columns';
import { PayeesDocument, type PayeeHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText, inLanguage } from '../../value/BiText';
import { Iban } from '../../value/Iban';
import { Ref } from '../../value/Ref';
import { DocumentList } from '../DocumentList';
import { inkOf } from '../execution/state-ink';

/** Payees (المستفيدون): whom we pay, and on which account. */
export function PayeesPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useMemo<WorkColumn<PayeeHeadFragment>[]>(
    () => [
      { name: 'name', head: t('payees.name'), width: 280, grow: true, cell: (row) => <Link tabIndex={-1} to="/finance/payees/$id" params={{ id: row.id }}><PayeeName payee={row} /></Link>, value: (row) => inLanguage(row.name, language) },
      { name: 'kind', head: t('payees.kind'), width: 140, cell: (row) => t(`payees.kinds.${row.kind}`), group: (row) => t(`payees.kinds.${row.kind}`) },
      { name: 'register', head: t('payees.register'), width: 140, cell: (row) => row.register && <Ref number={row.register} copies />, value: (row) => row.register },
      { name: 'account', head: t('payees.account'), width: 330, cell: (row) => <Account payee={row} /> },
      { name: 'state', head: t('list.state'), width: 150, cell: (row) => <AccountState payee={row} />, group: (row) => (row.accounts.at(-1) ? inLanguage(row.accounts.at(-1)!.state, language) : t('payees.noAccount')) },
    ],
    [t, language],
  );
  return (
    <DocumentList
      name="payees"
      query={PayeesDocument}
      pick={(data) => data.payees}
      columns={columns}
      everyYear
      texts={(row) => [row.name.ar, row.name.en, row.register, ...row.accounts.map((account) => account.iban)]}
      open={(row) => void navigate({ to: '/finance/payees/$id', params: { id: row.id } })}
      acts={may('finance.payee.register') && <Button type="primary" icon={<UserPlus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/payees/new' })}>{t('payees.new')}</Button>}
      card={(row) => (
        <Link to="/finance/payees/$id" params={{ id: row.id }}>
          <span className="dw-card-top"><b><PayeeName payee={row} /></b> <AccountState payee={row} /></span>
          <span><Account payee={row} /></span>
        </Link>
      )}
    />
  );
}

/** The name as far as the reader may know it. */
export function PayeeName({ payee }: { payee: Pick<PayeeHeadFragment, 'name' | 'visibility'> }) {
  const { t } = useTranslation();
  if (payee.visibility === 'SHOWN') return <BiText text={payee.name} />;
  return <span className="dw-quiet">{t(`payees.visibility.${payee.visibility}`)}</span>;
}

function Account({ payee }: { payee: PayeeHeadFragment }) {
  const { t } = useTranslation();
  const account = payee.accounts.findLast((one) => one.stateCode === 'approved') ?? payee.accounts.at(-1);
  if (!account) return <>{t('payees.noAccount')}</>;
  return account.iban ? <Iban of={account.iban} /> : <span className="dw-quiet">{t('payees.hidden')}</span>;
}

function AccountState({ payee }: { payee: PayeeHeadFragment }) {
  const account = payee.accounts.at(-1);
  return account ? <Tag ink={inkOf(account.stateCode)}><BiText text={account.state} /></Tag> : null;
}
