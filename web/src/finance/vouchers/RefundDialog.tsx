import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Commander } from '../../archetype/act/use-command';
import { RecordRefundDocument } from '../../generated/graph';
import { AmountInput, type TypedAmount } from '../../value/AmountInput';
import { Money } from '../../value/Money';
import { Field } from '../Field';
import type { Voucher } from './acts';

/** What the payee gave back after a reversal: the amount, and the bank's own reference. */
export function RefundDialog({ voucher, command, leave }: { voucher: Voucher; command: Commander; leave: () => void }) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState<TypedAmount>({ text: '' });
  const [reference, setReference] = useState('');
  const send = async () => {
    await command.send('refund', RecordRefundDocument, { id: voucher.id, expected: voucher.version, amount: amount.value!.amount, reference });
    leave();
  };
  return (
    <Modal open title={t('vouchers.act.refund')} okText={t('vouchers.act.refund')} cancelText={t('acts.leave')} okButtonProps={{ disabled: !amount.value || reference.trim() === '' }} confirmLoading={command.acting === 'refund'} onOk={() => void send()} onCancel={leave} destroyOnHidden>
      <p className="dw-quiet">{t('vouchers.recoverable')} <Money value={voucher.recoverable} withCurrency /></p>
      <Field name="refund-amount" label={t('lines.amount')}><AmountInput id="refund-amount" autoFocus currency={voucher.net.currency} value={amount} onChange={setAmount} inWords /></Field>
      <Field name="refund-reference" label={t('acts.reference')}><Input id="refund-reference" dir="ltr" maxLength={35} value={reference} onChange={(event) => setReference(event.target.value)} /></Field>
    </Modal>
  );
}
