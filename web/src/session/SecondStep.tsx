import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInByCode, signInByPasskey, type NextStep, type SignInAnswer } from './sign-in';

interface Props {
  steps: readonly NextStep[];
  answered: (answer: SignInAnswer) => void;
  again: () => void;
}

/** After the password: a code of the app, a passkey, or a code from the paper kept for a lost phone. */
export function SecondStep({ steps, answered, again }: Props) {
  const { t, i18n } = useTranslation();
  const [paper, setPaper] = useState(!steps.includes('totp') && !steps.includes('passkey'));
  const [asking, setAsking] = useState(false);
  const by = async (prove: Promise<SignInAnswer>) => {
    setAsking(true);
    const answer = await prove;
    setAsking(false);
    answered(answer);
  };
  const typed = paper || steps.includes('totp');
  return (
    <>
      <p className="dw-door-lead">{t(paper ? 'door.paperLead' : typed ? 'door.codeLead' : 'door.passkeyLead')}</p>
      {steps.includes('passkey') && !paper && (
        <Button size="large" block type={typed ? 'default' : 'primary'} loading={asking} onClick={() => void by(signInByPasskey(i18n.language))}>
          {t('door.passkey')}
        </Button>
      )}
      {typed && (
        <Form<{ code: string }> key={String(paper)} layout="vertical" requiredMark={false} onFinish={({ code }) => void by(signInByCode(code.trim(), paper, i18n.language))}>
          <Form.Item name="code" label={t(paper ? 'door.paperCode' : 'door.code')} rules={[{ required: true, whitespace: true, message: t('door.codeMissing') }]}>
            <Input autoFocus dir="ltr" size="large" autoComplete="one-time-code" inputMode={paper ? 'text' : 'numeric'} maxLength={24} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={asking}>
            {t('signIn.act')}
          </Button>
        </Form>
      )}
      <div className="dw-door-ways">
        {steps.includes('recovery_code') && (
          <Button type="link" onClick={() => setPaper(!paper)}>
            {t(paper ? 'door.noPaper' : 'door.paper')}
          </Button>
        )}
        <Button type="link" onClick={again}>
          {t('door.again')}
        </Button>
      </div>
    </>
  );
}
