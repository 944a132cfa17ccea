import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActName } from './acts';
import type { Told } from './use-act';

/** What an act asks before it is done; an act without questions is done at once. */
export const asks: Readonly<Partial<Record<ActName, 'reason' | 'reference'>>> = { return: 'reason', cancel: 'reason', reverse: 'reason', pay: 'reference' };

interface Props {
  act: ActName;
  done: (told: Told) => void;
  leave: () => void;
}

/** The reason of a return, or the bank's reference of a payment; the button names the act. */
export function ActDialog({ act, done, leave }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Told>();
  const asked = asks[act];
  return (
    <Modal
      open
      title={t(`vouchers.act.${act}`)}
      okText={t(`vouchers.act.${act}`)}
      cancelText={t('vouchers.leave')}
      okButtonProps={{ htmlType: 'submit', form: 'voucher-act', danger: act === 'cancel' || act === 'reverse' }}
      onCancel={leave}
      destroyOnHidden
    >
      <Form<Told> id="voucher-act" form={form} layout="vertical" requiredMark={false} onFinish={done}>
        {asked === 'reason' ? (
          <Form.Item name="reason" label={t('vouchers.reason')} rules={[{ required: true, whitespace: true, message: t('vouchers.reasonMissing') }]}>
            <Input.TextArea autoFocus rows={3} maxLength={500} />
          </Form.Item>
        ) : (
          <Form.Item name="reference" label={t('vouchers.reference')} rules={[{ required: true, whitespace: true, message: t('vouchers.referenceMissing') }]}>
            <Input autoFocus dir="ltr" maxLength={35} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
