import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { ActDialog } from '../../archetype/document/ActDialog';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Timeline } from '../../archetype/document/Margin';
import { PayFromTrustDocument, ReceiveDepositDocument, RefuseTrustPaymentDocument, RequestTrustPaymentDocument, TrustDocument, TrustMovesDocument, type TrustQuery } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { usePages } from '../../sheet/use-pages';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { AmountDialog } from './AmountDialog';

const list = { to: '/finance/trusts', word: 'trusts' } as const;
type Trust = NonNullable<TrustQuery['trust']>;

export function TrustPage() {
  const { id } = useParams({ from: '/finance/trusts/$id' });
  return (
    <WithDocument query={TrustDocument} id={id} pick={(data) => data.trust} list={list}>
      {(trust, again, notice) => <Account key={trust.id} trust={trust} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A trust (أمانة) as an account: deposits, payments asked for and paid, the balance after each. */
function Account({ trust, again, notice }: { trust: Trust; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { me, may } = useSession();
  const command = useCommand();
  const { rows, more } = usePages(TrustMovesDocument, { id: trust.id, first: 100 }, (data) => data.trustMoves, ['finance_cash']);
  const [asking, setAsking] = useState<{ act: 'deposit' | 'request' } | { act: 'pay' | 'refuse'; payment: number }>();
  const step = { id: trust.id, expected: trust.version };
  const pays = may('finance.voucher.pay');
  const acts: PageAct[] = [];
  if (may('finance.voucher.prepare')) acts.push({ name: 'request', label: t('trusts.act.request'), run: () => setAsking({ act: 'request' }) });
  if (pays) acts.push({ name: 'deposit', label: t('trusts.act.deposit'), run: () => setAsking({ act: 'deposit' }) });
  const title = t('trusts.title');
  const currency = trust.balance.currency;
  const done = () => setAsking(undefined);
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, trust.payee ? <BiText key="this" text={trust.payee.name} /> : '—')}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      margin={
        <>
          <MarginFacts
            facts={[
              ...(trust.payee ? [{ label: t('trusts.beneficiary'), value: <BiText text={trust.payee.name} /> }] : []),
              { label: t('list.date'), value: <DateText day={trust.date} form="prose" /> },
              { label: t('trusts.balance'), value: <Money value={trust.balance} withCurrency strong /> },
              { label: t('trusts.held'), value: <Money value={trust.held} /> },
              { label: t('trusts.free'), value: <Money value={trust.free} tone="available" /> },
            ]}
          />
          <Timeline events={trust.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields"><div className="dw-wide"><dt>{t('advances.purpose')}</dt><dd><Words of={trust.purpose} /></dd></div></dl>
        {rows.length === 0 && <p className="dw-quiet">{t('trusts.noMoves')}</p>}
        {rows.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('trusts.moves')}>
            <table className="dw-table">
              <caption className="dw-hidden">{t('trusts.moves')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('list.date')}</th>
                  <th scope="col">{t('trusts.what')}</th>
                  <th scope="col">{t('list.payee')}</th>
                  <th scope="col" className="dw-amount">{t('lines.amount')}</th>
                  <th scope="col" className="dw-amount">{t('trusts.balance')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((move) => (
                  <tr key={move.position}>
                    <th scope="row"><DateText day={move.date} /></th>
                    <td>
                      <Tag ink={inkOf(move.stateCode)}><BiText text={move.state} /></Tag> <small className="dw-quiet"><Words of={move.reason} /> <bdi dir="ltr">{move.reference}</bdi></small>
                      {move.stateCode === 'asked' && pays && move.by.id !== me.id && (
                        <span className="dw-decide">
                          <Button size="small" onClick={() => setAsking({ act: 'refuse', payment: move.payment })}>{t('trusts.act.refuse')}</Button>
                          <Button size="small" type="primary" onClick={() => setAsking({ act: 'pay', payment: move.payment })}>{t('trusts.act.pay')}</Button>
                        </span>
                      )}
                    </td>
                    <td>{move.payee && <BiText text={move.payee.name} />}</td>
                    <td className="dw-amount"><Money value={move.amount} /></td>
                    <td className="dw-amount">{move.balance && <Money value={move.balance} strong />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {more && <Button size="small" onClick={more}>{t('state.more')}</Button>}
      </section>
      {asking?.act === 'deposit' && <AmountDialog title={t('trusts.act.deposit')} currency={currency} reference leave={done} done={({ amount, reference }) => { done(); void command.send('deposit', ReceiveDepositDocument, { ...step, amount, reference }); }} />}
      {asking?.act === 'request' && <AmountDialog title={t('trusts.act.request')} currency={currency} fact={<>{t('trusts.free')} <Money value={trust.free} withCurrency /></>} reason="asked" leave={done} done={({ amount, reason }) => { done(); void command.send('request', RequestTrustPaymentDocument, { ...step, amount, reason }); }} />}
      {asking?.act === 'pay' && <ActDialog act={{ label: t('trusts.act.pay'), asks: { reference: true } }} leave={done} done={({ reference }) => { done(); void command.send('pay', PayFromTrustDocument, { ...step, payment: asking.payment, reference: reference ?? null }); }} />}
      {asking?.act === 'refuse' && <ActDialog act={{ label: t('trusts.act.refuse'), asks: { reason: true } }} leave={done} done={({ reason }) => { done(); void command.send('refuse', RefuseTrustPaymentDocument, { ...step, payment: asking.payment, reason: reason ?? null }); }} />}
    </DocumentPage>
  );
}
