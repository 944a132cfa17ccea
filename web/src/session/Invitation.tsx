import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signInByInvitation, type SignInAnswer } from './sign-in';

interface Typed {
  code: string;
  second: string;
  password: string;
}

/** A one-time code of the administrator becomes a password that nobody else knows. */
export function Invitation({ answered, again }: { answered: (answer: SignInAnswer) => void; again: () => void }) {
  const { t, i18n } = useTranslation();
  const [asking, setAsking] = useState(false);
  const enter = async ({ code, second, password }: Typed) => {
    setAsking(true);
    const answer = await signInByInvitation(code.trim(), second.trim(), password, i18n.language);
    setAsking(false);
    answered(answer);
  };
  return (
    <>
      <p className="dw-door-lead">{t('door.invitationLead')}</p>
      <Form<Typed> layout="vertical" requiredMark={false} onFinish={(typed) => void enter(typed)} initialValues={{ code: '', second: '', password: '' }}>
        <Form.Item name="code" label={t('door.invitation')} rules={[{ required: true, whitespace: true, message: t('door.codeMissing') }]}>
          <Input autoFocus dir="ltr" size="large" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={24} />
        </Form.Item>
        <Form.Item name="second" label={t('door.second')} extra={t('door.secondHint')}>
          <Input dir="ltr" size="large" autoComplete="off" autoCapitalize="characters" spellCheck={false} maxLength={24} />
        </Form.Item>
        <Form.Item name="password" label={t('door.newPassword')} extra={t('door.newPasswordHint')} rules={[{ required: true, message: t('signIn.passwordMissing') }]}>
          <Input type="password" dir="ltr" size="large" autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={asking}>
          {t('door.choose')}
        </Button>
      </Form>
      <div className="dw-door-ways">
        <Button type="link" onClick={again}>
          {t('door.again')}
        </Button>
      </div>
    </>
  );
}
