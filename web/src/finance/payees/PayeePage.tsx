import { useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand, type Commander } from '../../archetype/act/use-command';
import { ActDialog } from '../../archetype/document/ActDialog';
import { DocumentPage } from '../../archetype/document/DocumentPage';
import { MarginFacts, Timeline } from '../../archetype/document/Margin';
import { ApproveBankAccountDocument, PayeeDocument, ProposeBankAccountDocument, RejectBankAccountDocument, type PayeeQuery } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Iban, ibanRefusal, plainIban } from '../../value/Iban';
import { inLanguage } from '../../value/BiText';
import { usePreferences } from '../../preferences/preferences';
import { Person } from '../../value/Person';
import { Ref } from '../../value/Ref';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { Field } from '../Field';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { PayeeName } from './PayeesPage';

const list = { to: '/finance/payees', word: 'payees' } as const;
type Payee = NonNullable<PayeeQuery['payee']>;

export function PayeePage() {
  const { id } = useParams({ from: '/finance/payees/$id' });
  return (
    <WithDocument query={PayeeDocument} id={id} pick={(data) => data.payee} list={list}>
      {(payee, again, notice) => <Sheet key={payee.id} payee={payee} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A payee: the accounts in the order they were proposed; each approved by another person, and used after its waiting time. */
function Sheet({ payee, again, notice }: { payee: Payee; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { may } = useSession();
  const command = useCommand();
  const name = inLanguage(payee.name, language) || t(`payees.visibility.${payee.visibility}`);
  return (
    <DocumentPage
      title={name}
      crumbs={useCrumbs(list, <PayeeName key="this" payee={payee} />)}
      beside={<Tag ink="midad">{t(`payees.kinds.${payee.kind}`)}</Tag>}
      sections={<FinanceSections />}
      acts={[]}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      margin={
        <>
          <MarginFacts
            facts={[
              ...(payee.register ? [{ label: t('payees.register'), value: <Ref number={payee.register} copies /> }] : []),
              { label: t('payees.registeredBy'), value: <Person name={payee.registeredBy.name} /> },
            ]}
          />
          <Timeline events={payee.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-labelledby="accounts">
        <h2 id="accounts">{t('payees.accounts')}</h2>
        {payee.accounts.length === 0 && <p className="dw-quiet">{t('payees.noAccount')}</p>}
        {payee.accounts.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('payees.accounts')}>
            <table className="dw-table">
              <caption className="dw-hidden">{t('payees.accounts')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('payees.account')}</th>
                  <th scope="col">{t('payees.bank')}</th>
                  <th scope="col">{t('payees.usableFrom')}</th>
                  <th scope="col">{t('list.state')}</th>
                  <th scope="col"><span className="dw-hidden">{t('page.acts')}</span></th>
                </tr>
              </thead>
              <tbody>
                {payee.accounts.map((account) => (
                  <tr key={account.account}>
                    <th scope="row">{account.iban ? <Iban of={account.iban} /> : <span className="dw-quiet">{t('payees.hidden')}</span>}</th>
                    <td><bdi>{account.bank}</bdi></td>
                    <td><DateText day={account.usableFrom} /></td>
                    <td><Tag ink={inkOf(account.stateCode)}><BiText text={account.state} /></Tag></td>
                    <td>{account.stateCode === 'proposed' && may('finance.payee.approve_bank') && <Decide payee={payee} account={account.account} iban={account.iban} command={command} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {may('finance.payee.register') && <Propose payee={payee} command={command} />}
      </section>
    </DocumentPage>
  );
}

/** The second person's decision; the account stands in it in full, to be compared with the bank's letter. */
function Decide({ payee, account, iban, command }: { payee: Payee; account: number; iban: string; command: Commander }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const decide = (act: 'approve' | 'reject', reason?: string) => {
    setAsking(undefined);
    const input = { payee: payee.id, account, expected: payee.version, ...(reason ? { reason } : {}) };
    void command.send(act, act === 'approve' ? ApproveBankAccountDocument : RejectBankAccountDocument, input);
  };
  return (
    <span className="dw-decide">
      <Button size="small" onClick={() => setAsking('reject')}>{t('payees.act.reject')}</Button>
      <Button size="small" type="primary" loading={command.acting === 'approve'} onClick={() => setAsking('approve')}>{t('payees.act.approve')}</Button>
      {asking && (
        <ActDialog
          act={{ label: t(`payees.act.${asking}`), danger: asking === 'reject', effect: <><p>{t('payees.compare')}</p><p><Iban of={iban} /></p></>, ...(asking === 'reject' ? { asks: { reason: true } } : {}) }}
          leave={() => setAsking(undefined)}
          done={({ reason }) => decide(asking, reason)}
        />
      )}
    </span>
  );
}

function Propose({ payee, command }: { payee: Payee; command: Commander }) {
  const { t } = useTranslation();
  const [iban, setIban] = useState('');
  const [bank, setBank] = useState('');
  const refusal = iban === '' ? undefined : ibanRefusal(iban);
  const send = async () => {
    const outcome = await command.send('propose', ProposeBankAccountDocument, { payee: payee.id, iban: plainIban(iban), bank: bank || null, expected: payee.version });
    if (outcome.kind === 'done') {
      setIban('');
      setBank('');
    }
  };
  return (
    <form
      className="dw-propose"
      aria-label={t('payees.act.propose')}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field name="iban" label={t('payees.account')} problem={refusal && t(`payees.iban.${refusal}`)} hint={plainIban(iban).length > 4 && !refusal ? <Iban of={iban} /> : undefined}>
        <Input id="iban" name="iban" dir="ltr" autoComplete="off" maxLength={50} value={iban} onChange={(event) => setIban(event.target.value)} />
      </Field>
      <Field name="bank" label={t('payees.bank')}>
        <Input id="bank" name="bank" dir="ltr" maxLength={40} value={bank} onChange={(event) => setBank(event.target.value)} />
      </Field>
      <Button htmlType="submit" type="primary" disabled={iban === '' || refusal !== undefined} loading={command.acting === 'propose'}>{t('payees.act.propose')}</Button>
    </form>
  );
}
