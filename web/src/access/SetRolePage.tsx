import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AdministrationSections } from '../administration/Sections';
import { useAdministrationCrumbs } from '../administration/crumbs';
import { OutcomeNotice } from '../archetype/act/OutcomeNotice';
import { useCommand } from '../archetype/act/use-command';
import { Field, problemAt } from '../finance/Field';
import '../finance/form.css';
import { PermissionsDocument, RoleDocument, SetRoleDocument, type RoleQuery } from '../generated/graph';
import { RuledLines } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { AmountInput, typedAmount } from '../value/AmountInput';
import { BiText } from '../value/BiText';
import { Count } from '../value/Count';
import { DateInput } from '../value/DateInput';
import './access.css';

/** A role anew. */
export function DefineRolePage() {
  return <Form role={undefined} />;
}

/** What a role's holders may do from a day on, begun with what they may do now. */
export function SetRolePage() {
  const { id } = useParams({ from: '/administration/roles/$id/set' });
  const [{ data }] = useQuery({ query: RoleDocument, variables: { id } });
  return data?.role ? <Form key={id} role={data.role} /> : <RuledLines />;
}

function Form({ role }: { role: RoleQuery['role'] | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const [{ data }] = useQuery({ query: PermissionsDocument, variables: { first: 500 } });
  const [id, setId] = useState(role?.id ?? '');
  const [title, setTitle] = useState(role?.title ?? { ar: '', en: '' });
  const [from, setFrom] = useState('');
  const [limit, setLimit] = useState(typedAmount(role?.set?.limit?.amount ?? '', 'JOD'));
  const [unlimited, setUnlimited] = useState(role?.set?.unlimited ?? false);
  const [held, setHeld] = useState<ReadonlySet<string>>(new Set(role?.set?.acts.map((act) => act.name)));
  const [words, setWords] = useState('');
  const problems = command.outcome?.kind === 'refused' ? command.outcome.problems : [];
  const acts = (data?.permissions.nodes ?? []).filter((act) => words === '' || `${act.title.ar} ${act.title.en} ${act.name}`.toLowerCase().includes(words.toLowerCase()));
  const modules = [...new Set(acts.map((act) => act.module))];
  const send = async () => {
    const outcome = await command.send('set', SetRoleDocument, { role: id, title, permissions: [...held], limit: unlimited ? null : limit.value?.amount ?? (limit.text || null), unlimited, from: from || null });
    if (outcome.kind === 'done') void navigate({ to: '/administration/roles/$id', params: { id } });
  };
  const toggle = (name: string, on: boolean) => {
    const next = new Set(held);
    if (on) next.add(name);
    else next.delete(name);
    setHeld(next);
  };
  const heading = t(role ? 'access.act.set' : 'access.act.define');
  return (
    <Page
      title={heading}
      crumbs={useAdministrationCrumbs({ to: '/administration/roles', label: t('administration.roles') }, role ? <BiText key="this" text={role.title} /> : heading)}
      sections={<AdministrationSections />}
      acts={<Button type="primary" loading={command.acting !== undefined} onClick={() => void send()}>{heading}</Button>}
    >
      <OutcomeNotice command={command} toField={(path) => document.getElementById(path.replace('.', '-'))?.focus()} />
      <section className="dw-sheet dw-ruled dw-paper dw-form" aria-label={heading}>
        <div className="dw-form-fields">
          {!role && <Field name="role" label={t('access.roleName')} hint={t('access.signInNameHint')} problem={problemAt(problems, 'role')} wide><Input id="role" dir="ltr" maxLength={50} value={id} onChange={(event) => setId(event.target.value)} /></Field>}
          <Field name="title-ar" label={t('access.titleAr')} problem={problemAt(problems, 'title.ar') ?? problemAt(problems, 'title')}><Input id="title-ar" dir="rtl" maxLength={200} value={title.ar} onChange={(event) => setTitle({ ...title, ar: event.target.value })} /></Field>
          <Field name="title-en" label={t('access.titleEn')} problem={problemAt(problems, 'title.en')}><Input id="title-en" dir="ltr" maxLength={200} value={title.en} onChange={(event) => setTitle({ ...title, en: event.target.value })} /></Field>
          <div className="dw-field"><DateInput name="from" label={t('access.firstDay')} value={from} onChange={setFrom} /><span className="dw-field-hint">{t('access.todayHint')}</span></div>
          <Field name="limit" label={t('access.limit')} problem={problemAt(problems, 'limit')} hint={<Checkbox checked={unlimited} onChange={(event) => setUnlimited(event.target.checked)}>{t('access.unlimited')}</Checkbox>}>
            {unlimited ? <Input id="limit" disabled value="" /> : <AmountInput id="limit" currency="JOD" value={limit} onChange={setLimit} />}
          </Field>
        </div>
        <div className="dw-toolbar">
          <h2>{t('access.acts')}</h2> <span className="dw-chip"><Count of={held.size} /></span>
          <span className="dw-push" />
          <Input className="dw-condition" aria-label={t('list.find')} placeholder={t('list.find')} value={words} onChange={(event) => setWords(event.target.value)} allowClear />
        </div>
        <div className="dw-acts-choose">
          {modules.map((module) => (
            <fieldset key={module}>
              <legend>{t(`access.module.${module}`, { defaultValue: module })}</legend>
              {acts.filter((act) => act.module === module).map((act) => (
                <Checkbox key={act.name} checked={held.has(act.name)} onChange={(event) => toggle(act.name, event.target.checked)}><BiText text={act.title} /> <span className="dw-quiet"><BiText text={act.kindName} /></span></Checkbox>
              ))}
            </fieldset>
          ))}
        </div>
      </section>
    </Page>
  );
}
