import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Timeline } from '../../archetype/document/Margin';
import { CancelReceiptDocument, ReceiptDocument, type ReceiptQuery } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';

const list = { to: '/finance/receipts', word: 'receipts' } as const;
type Receipt = NonNullable<ReceiptQuery['receipt']>;

export function ReceiptPage() {
  const { id } = useParams({ from: '/finance/receipts/$id' });
  return (
    <WithDocument query={ReceiptDocument} id={id} pick={(data) => data.receipt} list={list}>
      {(receipt, again, notice) => <Sheet key={receipt.id} receipt={receipt} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A receipt (مستند قبض): who paid, how, for which revenues; a second person voids it while its day is open. */
function Sheet({ receipt, again, notice }: { receipt: Receipt; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const acts: PageAct[] = [];
  if (receipt.stateCode === 'issued' && may('finance.receipt.cancel') && receipt.issuedBy.id !== me.id) acts.push({ name: 'cancel', label: t('receipts.act.cancel'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('cancel', CancelReceiptDocument, { id: receipt.id, expected: receipt.version, reason: reason ?? '' }) });
  const title = t('receipts.title', { number: inFamily(receipt.number, family) });
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, <Ref key="this" number={receipt.number} />)}
      beside={<Tag ink={receipt.stateCode === 'cancelled' ? 'zunjufr' : 'lazward'}><BiText text={receipt.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}<OutcomeNotice command={command} reread={again} /></>}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('list.number'), value: <Ref number={receipt.number} copies /> },
              { label: t('list.date'), value: <DateText day={receipt.date} form="prose" /> },
              { label: t('receipts.cashier'), value: <BiText text={receipt.issuedBy.name} /> },
              { label: t('kind.journal'), value: <Link to="/finance/journals/$id" params={{ id: receipt.journal }}>{t('journals.open')}</Link> },
            ]}
          />
          <Timeline events={receipt.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('receipts.book')}</dt><dd><BiText text={receipt.bookName} /></dd></div>
          <div><dt>{t('receipts.payer')}</dt><dd>{receipt.visibility === 'HIDDEN' ? t('receipts.hidden') : receipt.payer || '—'}</dd></div>
          <div><dt>{t('receipts.how')}</dt><dd>{t(`receipts.paidBy.${receipt.how}`)} <bdi dir="ltr">{receipt.cheque}</bdi></dd></div>
          {receipt.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={receipt.reason} /></dd></div>}
        </dl>
        <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('receipts.revenues')}>
          <table className="dw-table">
            <caption className="dw-hidden">{t('receipts.revenues')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('trial.account')}</th>
                <th scope="col">{t('vouchers.narration')}</th>
                <th scope="col" className="dw-amount">{t('lines.amount')}</th>
              </tr>
            </thead>
            <tbody>
              {receipt.lines.map((line) => (
                <tr key={line.line}>
                  <th scope="row"><Code of={line.item.code} /> <BiText text={line.item.name} /></th>
                  <td><Words of={line.text} /></td>
                  <td className="dw-amount"><Money value={line.amount} /></td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>{t('lines.total')}</th>
                <td className="dw-amount"><Money value={receipt.total} withCurrency /></td>
              </tr>
            </tfoot>
          </table>
        </div>
        <p className="dw-in-words" lang="ar" dir="rtl">{receipt.inWords}</p>
      </section>
    </DocumentPage>
  );
}
