import { Link, useNavigate } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { OpenTrustDocument } from '../../generated/graph';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { usePayeeChoices } from '../payees/use-payees';
import { useForm } from '../use-form';
import { PlaceFields, type Place } from './PlaceFields';

interface Written {
  beneficiary: string;
  purpose: string;
  place: Place;
}

const empty: Written = { beneficiary: '', purpose: '', place: { fund: '01', chapter: '' } };

/** A trust (أمانة) being opened: for whom money is held, and why; the rules give its fund and account. */
export function OpenTrustPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { problems } = useForm(command);
  const draft = useDraft<Written>('trust', empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const payees = usePayeeChoices(true);
  const send = async () => {
    const outcome = await command.send('open', OpenTrustDocument, { beneficiary: value.beneficiary, purpose: value.purpose, codes: { chapter: value.place.chapter } });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/trusts/$id', params: { id: outcome.answer.id } });
  };
  return (
    <FormPage
      title={t('trusts.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/trusts">{t('finance.trusts')}</Link>, t('trusts.new')]}
      act={t('trusts.act.open')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <Field name="beneficiary" label={t('trusts.beneficiary')} problem={problemAt(problems, 'beneficiary')} wide>
          <Select id="beneficiary" showSearch={{ optionFilterProp: 'label' }} value={value.beneficiary || null} placeholder={t('form.choose')} options={payees} onChange={(beneficiary: string) => set({ beneficiary })} />
        </Field>
        <Field name="purpose" label={t('advances.purpose')} problem={problemAt(problems, 'purpose')} wide>
          <Input id="purpose" name="purpose" maxLength={300} value={value.purpose} onChange={(event) => set({ purpose: event.target.value })} />
        </Field>
        <PlaceFields value={value.place} change={(place) => set({ place })} problem={problemAt(problems, 'codes')} fundless />
      </div>
    </FormPage>
  );
}
