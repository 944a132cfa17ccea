import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import type { Batch } from './BatchPage';

interface Props {
  batch: Batch;
  /** The person may record what the bank says. */
  answers: boolean;
  acting: string | undefined;
  carriedOut: (voucher: string) => void;
  sentBack: (voucher: string) => void;
}

/** The transfers of a batch in the order of its file, and the bank's word on each. */
export function BatchPayments({ batch, answers, acting, carriedOut, sentBack }: Props) {
  const { t } = useTranslation();
  const sent = batch.stateCode === 'released' || batch.stateCode === 'settled';
  return (
    <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('batches.payments')}>
      <table className="dw-table">
        <caption className="dw-hidden">{t('batches.payments')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('kind.voucher')}</th>
            <th scope="col">{t('list.payee')}</th>
            {sent && <th scope="col">{t('batches.answer')}</th>}
            <th scope="col" className="dw-amount">{t('lines.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {batch.payments.map((payment) => (
            <tr key={payment.line}>
              <th scope="row"><Link to="/finance/vouchers/$id" params={{ id: payment.voucher }}><Ref number={payment.number} /></Link></th>
              <td>{payment.payee && <BiText text={payment.payee.name} />}</td>
              {sent && (
                <td>
                  {payment.answer && (
                    <>
                      <Tag ink={payment.answerCode === 'rejected' ? 'zunjufr' : 'lazward'}><BiText text={payment.answer} /></Tag>{' '}
                      <DateText day={payment.answeredOn} />
                      {(payment.code || payment.reason) && <small className="dw-quiet"> <bdi dir="ltr">{payment.code}</bdi> {payment.reason}</small>}
                    </>
                  )}
                  {!payment.answer && answers && (
                    <span className="dw-answers">
                      <Button size="small" loading={acting === `answer ${payment.voucher}`} onClick={() => carriedOut(payment.voucher)} aria-label={`${t('batches.act.carriedOut')} ${payment.number}`}>{t('batches.act.carriedOut')}</Button>
                      <Button size="small" danger onClick={() => sentBack(payment.voucher)} aria-label={`${t('batches.act.sentBack')} ${payment.number}`}>{t('batches.act.sentBack')}</Button>
                    </span>
                  )}
                  {!payment.answer && !answers && t('batches.unanswered')}
                </td>
              )}
              <td className="dw-amount"><Money value={payment.amount} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={sent ? 3 : 2}>{t('lines.total')}</th>
            <td className="dw-amount"><Money value={batch.total} withCurrency /></td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
