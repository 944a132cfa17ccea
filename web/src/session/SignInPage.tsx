import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { Invitation } from './Invitation';
import { SecondStep } from './SecondStep';
import { signIn, signInByPasskey, waysIn, type NextStep, type SignInAnswer, type Ways } from './sign-in';
import './sign-in.css';

interface Typed {
  person: string;
  password: string;
}

/** The demo's people and the posts they hold; choosing one fills in the name only. */
const people = ['rana', 'omar', 'huda', 'samar', 'sami', 'lina', 'zaid', 'mazen', 'dima', 'nour'] as const;

/** Where the door stands: at the password, at a second step, or at a one-time code. */
type Standing = { at: 'password' } | { at: 'second'; steps: readonly NextStep[] } | { at: 'invitation' };

/** The door: a name and a password, a second step for those who have one, and one sentence when they do not fit. What was typed stays. */
export function SignInPage({ signedIn }: { signedIn: () => void }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<Typed>();
  const [standing, setStanding] = useState<Standing>(() => ({ at: window.location.pathname === '/welcome' ? 'invitation' : 'password' }));
  const [ways, setWays] = useState<Ways>({ passkey: false, issuers: [] });
  const [answer, setAnswer] = useState<SignInAnswer | undefined>();
  const [asking, setAsking] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const password = useRef<InputRef>(null);
  const refused = answer?.kind === 'refused' || answer?.kind === 'unreachable';

  useEffect(() => {
    document.title = t('app.title', { page: t('signIn.title') });
  }, [t]);
  useEffect(() => {
    void waysIn().then(setWays);
  }, []);
  useEffect(() => {
    if (refused) summary.current?.focus();
  }, [refused, answer]);

  const answered = (given: SignInAnswer) => {
    setAnswer(given);
    if (given.kind === 'next') setStanding({ at: 'second', steps: given.steps });
    if (given.kind === 'in') {
      if (window.location.pathname === '/welcome') window.history.replaceState(null, '', '/');
      signedIn();
    }
  };
  const ask = async (question: Promise<SignInAnswer>) => {
    setAsking(true);
    const given = await question;
    setAsking(false);
    answered(given);
  };
  const turn = (to: Standing) => {
    setAnswer(undefined);
    setStanding(to);
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
        {standing.at === 'password' && <p className="dw-door-lead">{t('signIn.lead')}</p>}
        {refused && (
          <div className="dw-refusal" role="alert" tabIndex={-1} ref={summary}>
            {(answer.kind === 'refused' && (standing.at !== 'password' || answer.field) ? answer.message : undefined) ?? t(`signIn.${answer.kind}`)}
          </div>
        )}
        {standing.at === 'second' && <SecondStep steps={standing.steps} answered={answered} again={() => turn({ at: 'password' })} />}
        {standing.at === 'invitation' && <Invitation answered={answered} again={() => turn({ at: 'password' })} />}
        {standing.at === 'password' && (
          <>
            <Form<Typed>
              form={form}
              layout="vertical"
              requiredMark={false}
              onFinish={(typed) => void ask(signIn(typed.person.trim(), typed.password, i18n.language))}
              initialValues={{ person: '', password: '' }}
            >
              <Form.Item name="person" label={t('signIn.person')} rules={[{ required: true, whitespace: true, message: t('signIn.personMissing') }]}>
                <Input autoComplete="username" autoCapitalize="none" spellCheck={false} dir="ltr" size="large" autoFocus />
              </Form.Item>
              <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordMissing') }]}>
                <Input type="password" autoComplete="current-password" dir="ltr" size="large" ref={password} />
              </Form.Item>
              <Button type="primary" htmlType="submit" size="large" block loading={asking}>
                {t('signIn.act')}
              </Button>
            </Form>
            <div className="dw-door-ways">
              {ways.passkey && (
                <Button onClick={() => void ask(signInByPasskey(i18n.language))} disabled={asking}>
                  {t('door.passkey')}
                </Button>
              )}
              {ways.issuers.map((issuer) => (
                <Button key={issuer.id} href={`/sign-in/issuers/${issuer.id}?back=${encodeURIComponent(window.location.pathname)}`}>
                  {i18n.language === 'en' ? issuer.name.en || issuer.name.ar : issuer.name.ar || issuer.name.en}
                </Button>
              ))}
              <Button type="link" onClick={() => turn({ at: 'invitation' })}>
                {t('door.haveInvitation')}
              </Button>
            </div>
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
          </>
        )}
      </main>
    </div>
  );
}
