import { Link } from '@tanstack/react-router';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Linked } from '../../archetype/document/Linked';
import { CommitmentDocument } from '../../generated/graph';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { Iban } from '../../value/Iban';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useLinked } from '../DocumentLink';
import { LineKey } from '../DocumentLines';
import type { PayingRules, Voucher } from './acts';
import '../../archetype/document/document.css';
import './vouchers.css';

/** The sheet: to whom and on which account, for what, from which lines; gross, each deduction, the net under the double rule, in words. */
export function VoucherSheet({ voucher, rules }: { voucher: Voucher; rules?: PayingRules | null | undefined }) {
  const { t } = useTranslation();
  const made = useLinked([{ kind: 'commitment', id: voucher.commitment }, { kind: 'claim', id: voucher.invoice }]);
  const accounts = voucher.payeeAccounts?.accounts ?? [];
  const account = accounts.findLast((one) => one.stateCode === 'approved');
  return (
    <section className="dw-sheet dw-ruled dw-paper dw-voucher" aria-label={t('vouchers.sheet')}>
      <dl className="dw-fields">
        <div>
          <dt>{t('list.payee')}</dt>
          <dd>{voucher.payee ? <Link to="/finance/payees/$id" params={{ id: voucher.payee.id }}><BiText text={voucher.payee.name} /></Link> : '—'}</dd>
        </div>
        <div>
          <dt>{t('payees.account')}</dt>
          <dd>
            {account?.iban ? <Iban of={account.iban} /> : account ? <span className="dw-quiet">{t('payees.hidden')}</span> : '—'}{' '}
            {account ? (
              <span className="dw-available dw-inline"><CircleCheck className="dw-icon-small" size={14} aria-hidden="true" /> <BiText text={account.state} /></span>
            ) : (
              <span className="dw-low dw-inline"><TriangleAlert className="dw-icon-small" size={14} aria-hidden="true" /> {t('payees.noAccount')}</span>
            )}
          </dd>
        </div>
        <div className="dw-wide"><dt>{t('vouchers.narration')}</dt><dd><Words of={voucher.narration} /></dd></div>
        {voucher.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={voucher.reason} /></dd></div>}
        {voucher.paidOn && <div><dt>{t('vouchers.paidOn')}</dt><dd><DateText day={voucher.paidOn} form="prose" /></dd></div>}
        {voucher.reference && <div><dt>{t('acts.reference')}</dt><dd><Ref number={voucher.reference} copies /></dd></div>}
        {minorUnits(voucher.recoverable) > 0n && <div><dt>{t('vouchers.recoverable')}</dt><dd><Money value={voucher.recoverable} withCurrency tone="low" /></dd></div>}
      </dl>
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('vouchers.lines')}>
        <table className="dw-table dw-voucher-lines">
          <caption className="dw-hidden">{t('vouchers.lines')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('segment.KEY')}</th>
              <th scope="col" className="dw-amount">{t('lines.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {voucher.lines.map((line) => (
              <tr key={line.line}>
                <th scope="row"><LineKey year={voucher.year} of={line.key} names={line.codes.map((code) => code.name)} /></th>
                <td className="dw-amount"><Money value={line.amount} /></td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('vouchers.gross')}</th>
              <td className="dw-amount"><Money value={voucher.gross} strong /></td>
            </tr>
            {voucher.deductions.map((deduction) => (
              <tr key={deduction.code}>
                <th scope="row">
                  <BiText text={deduction.name} />{' '}
                  {rules?.from && <small className="dw-quiet">{t('vouchers.ruleFrom')} <DateText day={rules.from} /></small>}
                </th>
                <td className="dw-amount"><Money value={fromMinor(-minorUnits(deduction.amount), deduction.amount.currency)} /></td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('vouchers.net')}</th>
              <td className="dw-amount"><Money value={voucher.net} withCurrency /></td>
            </tr>
          </tfoot>
        </table>
      </div>
      {voucher.inWords && <p className="dw-in-words" lang="ar" dir="rtl">{voucher.inWords}</p>}
      <Binding voucher={voucher} />
      <Linked made={made} makes={[]} />
    </section>
  );
}

/** What paying does to the commitment, and that it takes nothing from what is available. */
function Binding({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: CommitmentDocument, variables: { id: voucher.commitment ?? '' }, pause: voucher.commitment === null });
  const commitment = voucher.commitment === null ? null : data?.commitment;
  if (!commitment) return null;
  const after = minorUnits(commitment.outstanding);
  return (
    <p className="dw-binding">
      {t('vouchers.commitmentLeft')} <Money value={fromMinor(after + minorUnits(voucher.gross), voucher.gross.currency)} /> {t('vouchers.becomes')} <Money value={commitment.outstanding} strong />. {t('vouchers.availableStays')}
    </p>
  );
}
