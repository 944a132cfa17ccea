import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { VoucherSheet } from '../finance/vouchers/VoucherSheet';
import { VoucherDocument } from '../generated/graph';
import { RuledLines } from '../sheet/Notice';
import { Refusal } from '../sheet/Refusal';
import { BiText } from '../value/BiText';
import { DateText } from '../value/DateText';
import { Money } from '../value/Money';
import { Ref } from '../value/Ref';
import { Words } from '../value/Words';
import type { Item } from './items';
import type { Result } from './use-decide';

interface Props {
  item: Item;
  open: () => void;
  agree: (() => void) | undefined;
  deciding: boolean;
  result: Result | undefined;
}

/** The document itself beside the list, with the one act that needs no further word. */
export function Preview({ item, open, agree, deciding, result }: Props) {
  const { t } = useTranslation();
  return (
    <section className="dw-preview" aria-label={t('inbox.preview')}>
      <div className="dw-toolbar">
        <h2 className="dw-pair"><BiText text={item.title} /> {item.number && <Ref number={item.number} />}</h2>
        <span className="dw-push" />
        <Button onClick={open}>{t('inbox.open')}</Button>
        {agree && <Button type="primary" loading={deciding} onClick={agree}>{t(`inbox.act.${item.step}`)}</Button>}
      </div>
      {result?.kind === 'refused' && <Refusal problems={result.problems} />}
      {item.kind === 'voucher' ? <VoucherPreview id={item.document} /> : <Facts item={item} />}
    </section>
  );
}

function VoucherPreview({ id }: { id: string }) {
  const [{ data }] = useQuery({ query: VoucherDocument, variables: { id } });
  return data?.voucher ? <VoucherSheet voucher={data.voucher} /> : <section className="dw-sheet dw-ruled"><RuledLines rows={10} /></section>;
}

function Facts({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <section className="dw-sheet dw-ruled dw-voucher">
      <dl className="dw-fields">
        <div className="dw-wide"><dt>{t('inbox.subject')}</dt><dd>{item.subject ? <Words of={item.subject} /> : '—'}</dd></div>
        {item.payee && <div><dt>{t('vouchers.payee')}</dt><dd><BiText text={item.payee} /></dd></div>}
        {item.amount && <div><dt>{t('inbox.amount')}</dt><dd><Money value={item.amount} withCurrency strong /></dd></div>}
        <div><dt>{t('inbox.due')}</dt><dd><DateText day={item.due} form="prose" /></dd></div>
        {item.reason && <div className="dw-wide"><dt>{t('vouchers.reason')}</dt><dd><Words of={item.reason} /></dd></div>}
      </dl>
    </section>
  );
}
