import { useTranslation } from 'react-i18next';
import { CashierDaysDocument, type BookHeadFragment } from '../../generated/graph';
import { usePages } from '../../sheet/use-pages';
import { BiText } from '../../value/BiText';
import { Count } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { minorUnits } from '../../value/money';
import { Money } from '../../value/Money';

/** The closed days of a book: what was to be in hand, what was counted, and why they differ. */
export function ClosedDays({ book }: { book: BookHeadFragment }) {
  const { t } = useTranslation();
  const { rows } = usePages(CashierDaysDocument, { id: book.id, first: 30 }, (data) => data.cashierDays, ['finance_cash']);
  if (rows.length === 0) return null;
  return (
    <section className="dw-sheet dw-ruled dw-paper" aria-label={t('receipts.days')}>
      <h2>{t('receipts.days')}</h2>
      <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('receipts.days')}>
        <table className="dw-table">
          <caption className="dw-hidden">{t('receipts.days')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('receipts.day')}</th>
              <th scope="col">{t('receipts.count')}</th>
              <th scope="col">{t('receipts.closedBy')}</th>
              <th scope="col" className="dw-amount">{t('receipts.expected')}</th>
              <th scope="col" className="dw-amount">{t('receipts.counted')}</th>
              <th scope="col" className="dw-amount">{t('accounts.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((day) => (
              <tr key={day.day}>
                <th scope="row"><DateText day={day.day} /></th>
                <td><Count of={BigInt(day.receipts)} /></td>
                <td><BiText text={day.closedBy.name} />{day.reason && <small className="dw-quiet"> {day.reason}</small>}</td>
                <td className="dw-amount"><Money value={day.expected} /></td>
                <td className="dw-amount"><Money value={day.counted} strong /></td>
                <td className="dw-amount"><Money value={day.difference} tone={minorUnits(day.difference) === 0n ? 'available' : 'low'} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
