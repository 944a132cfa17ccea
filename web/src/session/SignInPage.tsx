import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { signIn, type SignInAnswer } from './sign-in';
import './sign-in.css';

interface Typed {
  person: string;
  password: string;
}

/** The demo's people and the posts they hold; choosing one fills in the name only. */
const people = ['rana', 'omar', 'huda', 'samar', 'sami', 'lina', 'zaid', 'mazen', 'dima', 'nour'] as const;

/** The door: a name, a password, and one sentence when they do not fit. What was typed stays. */
export function SignInPage({ signedIn }: { signedIn: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [answer, setAnswer] = useState<SignInAnswer | 'waiting' | undefined>();
  const summary = useRef<HTMLDivElement>(null);
  const password = useRef<InputRef>(null);
  const refused = answer === 'refused' || answer === 'unreachable';

  useEffect(() => {
    document.title = t('app.title', { page: t('signIn.title') });
  }, [t]);
  useEffect(() => {
    if (refused) summary.current?.focus();
  }, [refused]);

  const enter = async (typed: Typed) => {
    setAnswer('waiting');
    const given = await signIn(typed.person.trim(), typed.password);
    setAnswer(given);
    if (given === 'in') signedIn();
  };
  const choose = (person: string) => {
    form.setFieldValue('person', person);
    password.current?.focus();
  };

  return (
    <div className="dw-door">
      <header className="dw-door-head">
        <span className="dw-door-name">{t('app.name')}</span>
        <LanguageSwitch />
      </header>
      <main className="dw-sheet dw-ruled dw-door-sheet">
        <h1>{t('signIn.title')}</h1>
        <p className="dw-door-lead">{t('signIn.lead')}</p>
        {refused && (
          <div className="dw-refusal" role="alert" tabIndex={-1} ref={summary}>
            {t(`signIn.${answer}`)}
          </div>
        )}
        <Form<Typed> form={form} layout="vertical" requiredMark={false} onFinish={(typed) => void enter(typed)} initialValues={{ person: '', password: '' }}>
          <Form.Item name="person" label={t('signIn.person')} rules={[{ required: true, whitespace: true, message: t('signIn.personMissing') }]}>
            <Input autoComplete="username" autoCapitalize="none" spellCheck={false} dir="ltr" size="large" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordMissing') }]}>
            <Input type="password" autoComplete="current-password" dir="ltr" size="large" ref={password} />
          </Form.Item>
          <Button type="primary" htmlType="submit" size="large" block loading={answer === 'waiting'}>
            {t('signIn.act')}
          </Button>
        </Form>
        <section className="dw-door-people" aria-labelledby="demo-people">
          <h2 id="demo-people">{t('signIn.demo')}</h2>
          <p>{t('signIn.demoHint')}</p>
          <ul>
            {people.map((person) => (
              <li key={person}>
                <Button onClick={() => choose(person)}>{t(`people.${person}`)}</Button>
              </li>
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}
