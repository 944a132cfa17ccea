import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { BiText, inLanguage } from '../../value/BiText';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import type { Voucher } from './acts';

/** The sheet: to whom, for what, from which lines; gross, each deduction, the net under the double rule, in words. */
export function VoucherSheet({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <section className="dw-sheet dw-ruled dw-voucher" aria-label={t('vouchers.sheet')}>
      <dl className="dw-fields">
        <div><dt>{t('vouchers.payee')}</dt><dd>{voucher.payee ? <BiText text={voucher.payee.name} /> : '—'}</dd></div>
        <div><dt>{t('ledger.date')}</dt><dd><DateText day={voucher.date} form="prose" /></dd></div>
        <div className="dw-wide"><dt>{t('vouchers.narration')}</dt><dd><Words of={voucher.narration} /></dd></div>
        {voucher.paidOn && <div><dt>{t('vouchers.paidOn')}</dt><dd><DateText day={voucher.paidOn} form="prose" /></dd></div>}
        {voucher.reference && <div><dt>{t('vouchers.reference')}</dt><dd><Ref number={voucher.reference} copies /></dd></div>}
        {voucher.reason && <div className="dw-wide"><dt>{t('vouchers.reason')}</dt><dd><Words of={voucher.reason} /></dd></div>}
      </dl>
      <table className="dw-table dw-voucher-lines">
        <caption className="dw-hidden">{t('vouchers.lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('segment.KEY')}</th>
            <th scope="col">{t('vouchers.segments')}</th>
            <th scope="col" className="dw-amount">{t('vouchers.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {voucher.lines.map((line) => (
            <tr key={line.line}>
              <th scope="row"><Code of={line.key} /></th>
              <td>{line.codes.map((code) => inLanguage(code.name, language)).filter(Boolean).join(' · ')}</td>
              <td className="dw-amount"><Money value={line.amount} /></td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={2}>{t('vouchers.gross')}</th>
            <td className="dw-amount"><Money value={voucher.gross} strong /></td>
          </tr>
          {voucher.deductions.map((deduction) => (
            <tr key={deduction.code}>
              <th scope="row" colSpan={2}><BiText text={deduction.name} /></th>
              <td className="dw-amount"><Money value={fromMinor(-minorUnits(deduction.amount), deduction.amount.currency)} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>{t('vouchers.net')}</th>
            <td className="dw-amount"><Money value={voucher.net} withCurrency /></td>
          </tr>
        </tfoot>
      </table>
      <p className="dw-in-words" lang="ar" dir="rtl">{voucher.inWords}</p>
    </section>
  );
}
