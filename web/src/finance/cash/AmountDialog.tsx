import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput, type TypedAmount } from '../../value/AmountInput';
import { Field } from '../Field';

interface Props {
  title: string;
  currency: string;
  /** The fact beside the amount: what is free, what is in hand. */
  fact?: ReactNode;
  /** The amount's word, when it is not simply the amount. */
  word?: string;
  reference?: boolean;
  reason?: 'asked' | 'optional';
  done: (told: { amount: string; reference: string; reason: string }) => void;
  leave: () => void;
}

/** One amount with what it needs beside it: the bank's reference, or why. */
export function AmountDialog({ title, currency, fact, word, reference, reason, done, leave }: Props) {
  const { t } = useTranslation();
  const [amount, setAmount] = useState<TypedAmount>({ text: '' });
  const [said, setSaid] = useState({ reference: '', reason: '' });
  const ready = amount.value !== undefined && (!reference || said.reference.trim() !== '') && (reason !== 'asked' || said.reason.trim() !== '');
  return (
    <Modal open title={title} okText={title} cancelText={t('acts.leave')} okButtonProps={{ disabled: !ready }} onOk={() => done({ amount: amount.value!.amount, ...said })} onCancel={leave} destroyOnHidden>
      {fact && <p className="dw-quiet">{fact}</p>}
      <Field name="told-amount" label={word ?? t('lines.amount')}><AmountInput id="told-amount" autoFocus currency={currency} value={amount} onChange={setAmount} inWords /></Field>
      {reference && <Field name="told-reference" label={t('acts.reference')}><Input id="told-reference" dir="ltr" maxLength={35} value={said.reference} onChange={(event) => setSaid({ ...said, reference: event.target.value })} /></Field>}
      {reason && <Field name="told-reason" label={t('acts.reason')}><Input.TextArea id="told-reason" rows={2} maxLength={300} value={said.reason} onChange={(event) => setSaid({ ...said, reason: event.target.value })} /></Field>}
    </Modal>
  );
}
