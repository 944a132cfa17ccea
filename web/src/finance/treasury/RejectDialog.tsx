import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Field } from '../Field';
import type { Batch } from './BatchPage';

interface Props {
  payment: Batch['payments'][number];
  done: (told: { code: string; reason: string }) => void;
  leave: () => void;
}

/** The bank sent a payment back: its code and its words; the voucher waits for treasury again. */
export function RejectDialog({ payment, done, leave }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [reason, setReason] = useState('');
  const told = { code: code.trim().toUpperCase(), reason: reason.trim() };
  return (
    <Modal open title={t('batches.act.sentBack')} okText={t('batches.act.sentBack')} cancelText={t('acts.leave')} okButtonProps={{ danger: true, disabled: told.code === '' && told.reason === '' }} onOk={() => done(told)} onCancel={leave} destroyOnHidden>
      <p className="dw-effect"><Ref number={payment.number} /> · <Money value={payment.amount} withCurrency strong /> — {t('batches.sentBackEffect')}</p>
      <Field name="reject-code" label={t('batches.code')} hint={t('batches.codeHint')}><Input id="reject-code" autoFocus dir="ltr" maxLength={4} value={code} onChange={(event) => setCode(event.target.value)} /></Field>
      <Field name="reject-reason" label={t('acts.reason')}><Input.TextArea id="reject-reason" rows={2} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
    </Modal>
  );
}
