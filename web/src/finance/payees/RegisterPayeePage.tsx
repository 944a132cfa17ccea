import { Link, useNavigate } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { RegisterPayeeDocument, type PayeeKind } from '../../generated/graph';
import { plainIban } from '../../value/Iban';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { useForm } from '../use-form';

interface Written {
  kind: PayeeKind;
  ar: string;
  en: string;
  register: string;
}

const empty: Written = { kind: 'COMPANY', ar: '', en: '', register: '' };

/** Registering a payee; a natural person's data is never kept as a draft on the device. */
export function RegisterPayeePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { problems } = useForm(command);
  const draft = useDraft<Written>('payee', empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const person = value.kind === 'PERSON';

  const send = async () => {
    const field = (name: string) => document.querySelector<HTMLInputElement>(`#${name}`)?.value.trim() ?? '';
    const iban = plainIban(field('personal-iban'));
    const outcome = await command.send('register', RegisterPayeeDocument, person
      ? { kind: 'PERSON', personal: { name: field('personal-name'), national: field('personal-national') || null, iban: iban || null } }
      : { kind: 'COMPANY', name: { ar: value.ar, en: value.en || null }, register: value.register || null });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/payees/$id', params: { id: outcome.answer.id } });
  };
  const text = (name: 'ar' | 'en' | 'register', label: string, path: string, dir?: 'ltr' | 'rtl') => (
    <Field name={name} label={label} problem={problemAt(problems, path)}>
      <Input id={name} name={name} dir={dir} maxLength={200} value={value[name]} onChange={(event) => set({ [name]: event.target.value })} />
    </Field>
  );
  return (
    <FormPage
      title={t('payees.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/payees">{t('finance.payees')}</Link>, t('payees.new')]}
      act={t('payees.act.register')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <div className="dw-field dw-wide">
          <span className="dw-field-label">{t('payees.kind')}</span>
          <Segmented<PayeeKind> aria-label={t('payees.kind')} value={value.kind} options={(['COMPANY', 'PERSON'] as const).map((kind) => ({ value: kind, label: t(`payees.kinds.${kind}`) }))} onChange={(kind) => set({ kind })} />
        </div>
        {person ? (
          <>
            <Field name="personal-name" label={t('payees.fullName')} hint={t('payees.sealed')} problem={problemAt(problems, 'personal.name')} wide><Input id="personal-name" autoComplete="off" maxLength={200} /></Field>
            <Field name="personal-national" label={t('payees.national')} problem={problemAt(problems, 'personal.national')}><Input id="personal-national" dir="ltr" autoComplete="off" inputMode="numeric" maxLength={20} /></Field>
            <Field name="personal-iban" label={t('payees.account')} problem={problemAt(problems, 'personal.iban')}><Input id="personal-iban" dir="ltr" autoComplete="off" maxLength={42} /></Field>
          </>
        ) : (
          <>
            {text('ar', t('payees.nameAr'), 'name.ar', 'rtl')}
            {text('en', t('payees.nameEn'), 'name.en', 'ltr')}
            {text('register', t('payees.register'), 'register', 'ltr')}
          </>
        )}
      </div>
    </FormPage>
  );
}

