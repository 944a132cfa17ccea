import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { CashierBooksDocument, CloseCashierDayDocument, DepositCashDocument, ReceiptsDocument, type BookHeadFragment } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Tag } from '../../sheet/Tag';
import { usePages } from '../../sheet/use-pages';
import { BiText, inLanguage } from '../../value/BiText';
import { Count } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';
import { AmountDialog } from './AmountDialog';
import { ClosedDays } from './ClosedDays';
import './cash.css';

const views = ['finance_cash'];

/** A cashier's book (دفتر المقبوضات): the receipts of the open day, what is in hand, the close of the day and the way to the bank. */
export function CashierPage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { me } = useSession();
  const navigate = useNavigate();
  const { book: wanted } = useSearch({ from: '/finance/receipts' });
  const [{ data, error }, ask] = useQuery({ query: CashierBooksDocument, variables: { first: 100 } });
  const books = data?.cashierBooks.nodes ?? [];
  const book = books.find((one) => one.id === wanted) ?? books.find((one) => one.cashier.id === me.id) ?? books.at(-1);
  const title = t('finance.receipts');
  return (
    <Page title={title} crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]} sections={<FinanceSections />}>
      {error && <Unread kept={books.length > 0} again={() => ask({ requestPolicy: 'network-only' })} />}
      <div className="dw-toolbar">
        <Kinds section="cash" here="receipts" />
        {books.length > 1 && book && <Segmented aria-label={t('receipts.book')} value={book.id} options={books.map((one) => ({ value: one.id, label: inLanguage(one.name, language) }))} onChange={(id) => void navigate({ to: '/finance/receipts', search: { book: id } })} />}
      </div>
      {!data && !error && <section className="dw-sheet dw-ruled"><RuledLines /></section>}
      {data && !book && <section className="dw-sheet dw-ruled"><Empty>{t('receipts.noBook')}</Empty></section>}
      {book && <Book key={book.id} book={book} />}
    </Page>
  );
}

function Book({ book }: { book: BookHeadFragment }) {
  const { t } = useTranslation();
  const { me, may } = useSession();
  const navigate = useNavigate();
  const command = useCommand();
  const [asking, setAsking] = useState<'close' | 'deposit'>();
  const { data, rows, more } = usePages(ReceiptsDocument, { book: book.id, on: book.day, first: 100 }, (answer) => answer.receipts, views);
  const own = book.cashier.id === me.id;
  const step = { book: book.id, expected: book.version };
  return (
    <>
      <OutcomeNotice command={command} />
      <section className="dw-sheet dw-ruled dw-paper" aria-label={t('receipts.today')}>
        <dl className="dw-book">
          <div><dt>{t('receipts.cashier')}</dt><dd><BiText text={book.cashier.name} /></dd></div>
          <div><dt>{t('receipts.day')}</dt><dd>{book.day ? <DateText day={book.day} form="prose" /> : t('receipts.dayClosed')}</dd></div>
          <div><dt>{t('receipts.count')}</dt><dd><Count of={BigInt(book.receipts)} /></dd></div>
          <div><dt>{t('receipts.todaySum')}</dt><dd><Money value={book.today} /></dd></div>
          <div><dt>{t('receipts.inHand')}</dt><dd><Money value={book.inHand} withCurrency strong /></dd></div>
        </dl>
        <div className="dw-job-acts">
          {may('finance.cash.deposit') && !own && <Button onClick={() => setAsking('deposit')}>{t('receipts.act.deposit')}</Button>}
          {own && may('finance.receipt.issue') && book.day && <Button onClick={() => setAsking('close')}>{t('receipts.act.close')}</Button>}
          {own && may('finance.receipt.issue') && <Button type="primary" icon={<Plus className="dw-icon-small" aria-hidden="true" />} onClick={() => void navigate({ to: '/finance/receipts/new', search: { book: book.id } })}>{t('receipts.new')}</Button>}
        </div>
        {data && rows.length === 0 && <p className="dw-quiet">{t('receipts.none')}</p>}
        {rows.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t(book.day ? 'receipts.today' : 'receipts.all')}>
            <table className="dw-table">
              <caption className="dw-hidden">{t(book.day ? 'receipts.today' : 'receipts.all')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('list.number')}</th>
                  <th scope="col">{t('list.date')}</th>
                  <th scope="col">{t('receipts.payer')}</th>
                  <th scope="col">{t('receipts.how')}</th>
                  <th scope="col" className="dw-amount">{t('lines.amount')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((receipt) => (
                  <tr key={receipt.id} className={receipt.stateCode === 'cancelled' ? 'dw-void' : ''}>
                    <th scope="row"><Link to="/finance/receipts/$id" params={{ id: receipt.id }}><Ref number={receipt.number} /></Link></th>
                    <td><DateText day={receipt.date} /></td>
                    <td>{receipt.visibility === 'HIDDEN' ? t('receipts.hidden') : receipt.payer}</td>
                    <td>{t(`receipts.paidBy.${receipt.how}`)} <bdi dir="ltr">{receipt.cheque}</bdi> {receipt.stateCode === 'cancelled' && <Tag ink="zunjufr"><BiText text={receipt.state} /></Tag>}</td>
                    <td className="dw-amount"><Money value={receipt.total} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {more && <Button size="small" onClick={more}>{t('state.more')}</Button>}
      </section>
      <ClosedDays book={book} />
      {asking === 'close' && <AmountDialog title={t('receipts.act.close')} currency={book.currency} word={t('receipts.counted')} fact={<>{t('receipts.expected')} <Money value={book.inHand} withCurrency /></>} reason="optional" leave={() => setAsking(undefined)} done={({ amount, reason }) => { setAsking(undefined); void command.send('close', CloseCashierDayDocument, { ...step, counted: amount, reason: reason || null }); }} />}
      {asking === 'deposit' && <AmountDialog title={t('receipts.act.deposit')} currency={book.currency} fact={<>{t('receipts.depositable')} <Money value={book.depositable} withCurrency /></>} reference leave={() => setAsking(undefined)} done={({ amount, reference }) => { setAsking(undefined); void command.send('deposit', DepositCashDocument, { ...step, amount, reference }); }} />}
    </>
  );
}
