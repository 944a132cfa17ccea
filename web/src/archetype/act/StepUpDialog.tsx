import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepUp, stepUpByPasskey, type Means, type StepUpAnswer } from '../../session/step-up';

interface Props {
  means: readonly Means[];
  proven: () => void;
  leave: () => void;
}

/** An approval asks who is there, once in a while; after the proof the same command goes on. */
export function StepUpDialog({ means, proven, leave }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<StepUpAnswer>();
  const typed = means.includes('totp') ? 'code' : means.includes('password') ? 'password' : undefined;
  const by = async (prove: () => Promise<StepUpAnswer>) => {
    setAsking(true);
    const told = await prove();
    setAsking(false);
    setAnswer(told);
    if (told === 'proven') proven();
  };
  return (
    <Modal
      open
      title={t('stepUp.title')}
      okText={t('stepUp.act')}
      cancelText={t('acts.leave')}
      okButtonProps={{ htmlType: 'submit', form: 'step-up', loading: asking, hidden: typed === undefined }}
      onCancel={leave}
      destroyOnHidden
    >
      <p className="dw-quiet">{t('stepUp.lead')}</p>
      {means.includes('passkey') && <Button block type={typed ? 'default' : 'primary'} loading={asking} onClick={() => void by(stepUpByPasskey)}>{t('stepUp.passkey')}</Button>}
      {typed && (
        <Form<{ proof: string }> id="step-up" layout="vertical" requiredMark={false} onFinish={({ proof }) => void by(() => stepUp(typed === 'code' ? { code: proof.trim() } : { password: proof }))}>
          <Form.Item name="proof" label={t(typed === 'code' ? 'stepUp.code' : 'signIn.password')} rules={[{ required: true, message: t('stepUp.missing') }]}>
            {typed === 'code' ? <Input autoFocus dir="ltr" inputMode="numeric" autoComplete="one-time-code" maxLength={12} /> : <Input.Password autoFocus autoComplete="current-password" dir="ltr" />}
          </Form.Item>
        </Form>
      )}
      {answer && answer !== 'proven' && <p className="dw-field-refusal" role="alert">{t(`stepUp.${answer}`)}</p>}
    </Modal>
  );
}
