import { useTranslation } from 'react-i18next';
import { Money } from '../../value/Money';
import { DateText } from '../../value/DateText';
import type { YearClose } from './YearEndPage';

const figures = ['original', 'revised', 'obligated', 'paid', 'carried', 'lapsed', 'revenue', 'expense', 'result'] as const;

/** The final account (الحساب الختامي): the year in its figures, with the digest that proves them. */
export function FinalAccount({ account }: { account: NonNullable<YearClose['account']> }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('yearend.account')}>
      <h2>{t('yearend.account')}</h2>
      <table className="dw-table">
        <caption className="dw-hidden">{t('yearend.account')}</caption>
        <tbody>
          {figures.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`yearend.figures.${name}`)}</th>
              <td className="dw-amount"><Money value={account[name]} strong={name === 'result'} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dw-quiet">{t('yearend.producedOn')} <DateText day={account.on} /> · {t('yearend.digest')} <bdi dir="ltr">{account.hash.slice(0, 16)}</bdi></p>
    </section>
  );
}
