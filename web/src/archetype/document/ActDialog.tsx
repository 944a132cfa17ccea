import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PageAct } from './DocumentPage';

/** What an act asks: why, the bank's reference of a payment, from which of our accounts. */
export interface Asked {
  reason?: boolean;
  /** Phrases that fill the reason at one press. */
  phrases?: readonly string[];
  reference?: boolean;
  /** A word of its own to be told, by its label, such as the law's name. */
  text?: string;
  banks?: readonly string[];
}

/** What was told to it. */
export interface Told {
  reason?: string;
  reference?: string;
  text?: string;
  bankItem?: string;
}

interface Props {
  act: Pick<PageAct, 'label' | 'danger' | 'asks' | 'effect'>;
  done: (told: Told) => void;
  leave: () => void;
}

/** The questions of an act and what comes of it; the button names the act. */
export function ActDialog({ act, done, leave }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Told>();
  const { reason, phrases = [], reference, text, banks = [] } = act.asks ?? {};
  return (
    <Modal
      open
      title={act.label}
      okText={act.label}
      cancelText={t('acts.leave')}
      okButtonProps={{ htmlType: 'submit', form: 'page-act', danger: act.danger ?? false, autoFocus: !reason && !reference && !text }}
      onCancel={leave}
      destroyOnHidden
    >
      {act.effect && <div className="dw-effect">{act.effect}</div>}
      <Form<Told> id="page-act" form={form} layout="vertical" requiredMark={false} onFinish={done} initialValues={banks[0] ? { bankItem: banks[0] } : {}}>
        {banks.length > 1 && (
          <Form.Item name="bankItem" label={t('acts.bank')}>
            <Select options={banks.map((bank) => ({ value: bank, label: bank }))} />
          </Form.Item>
        )}
        {reference && (
          <Form.Item name="reference" label={t('acts.reference')} rules={[{ required: true, whitespace: true, message: t('acts.referenceMissing') }]}>
            <Input autoFocus dir="ltr" maxLength={35} />
          </Form.Item>
        )}
        {text && (
          <Form.Item name="text" label={text} rules={[{ required: true, whitespace: true, message: t('acts.textMissing') }]}>
            <Input autoFocus maxLength={200} />
          </Form.Item>
        )}
        {reason && (
          <Form.Item name="reason" label={t('acts.reason')} rules={[{ required: true, whitespace: true, message: t('acts.reasonMissing') }]}>
            <Input.TextArea autoFocus rows={3} maxLength={500} />
          </Form.Item>
        )}
      </Form>
      {reason && phrases.length > 0 && (
        <ul className="dw-phrases" aria-label={t('acts.phrases')}>
          {phrases.map((phrase) => (
            <li key={phrase}><button type="button" className="dw-chip" onClick={() => form.setFieldValue('reason', phrase)}>{phrase}</button></li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
