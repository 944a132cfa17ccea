import { Link, useNavigate } from '@tanstack/react-router';
import { Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { RequestAdvanceDocument, type AdvanceKind } from '../../generated/graph';
import { AmountInput, typedAmount } from '../../value/AmountInput';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { usePayeeChoices } from '../payees/use-payees';
import { currency, useForm } from '../use-form';
import { PlaceFields, type Place } from './PlaceFields';

interface Written {
  kind: AdvanceKind;
  holder: string;
  purpose: string;
  amount: string;
  place: Place;
}

const empty: Written = { kind: 'TEMPORARY', holder: '', purpose: '', amount: '', place: { fund: '01', chapter: '' } };

/** An advance (سلفة) being asked for: in whose hand, what for, how much. */
export function RequestAdvancePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { year, problems } = useForm(command);
  const draft = useDraft<Written>(`advance.${year}`, empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const payees = usePayeeChoices(true);
  const send = async () => {
    const typed = typedAmount(value.amount, currency);
    const outcome = await command.send('request', RequestAdvanceDocument, { year, kind: value.kind, holder: value.holder, purpose: value.purpose, amount: typed.value?.amount ?? value.amount, codes: value.place });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/advances/$id', params: { id: outcome.answer.id } });
  };
  return (
    <FormPage
      title={t('advances.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/advances">{t('finance.advances')}</Link>, t('advances.new')]}
      act={t('advances.act.request')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <div className="dw-field">
          <span className="dw-field-label">{t('advances.kind')}</span>
          <Segmented<AdvanceKind> aria-label={t('advances.kind')} value={value.kind} options={(['TEMPORARY', 'PERMANENT'] as const).map((kind) => ({ value: kind, label: t(`advances.kinds.${kind}`) }))} onChange={(kind) => set({ kind })} />
        </div>
        <Field name="holder" label={t('advances.holder')} problem={problemAt(problems, 'holder')} wide>
          <Select id="holder" showSearch={{ optionFilterProp: 'label' }} value={value.holder || null} placeholder={t('form.choose')} options={payees} onChange={(holder: string) => set({ holder })} />
        </Field>
        <Field name="purpose" label={t('advances.purpose')} problem={problemAt(problems, 'purpose')} wide>
          <Input id="purpose" name="purpose" maxLength={300} value={value.purpose} onChange={(event) => set({ purpose: event.target.value })} />
        </Field>
        <Field name="amount" label={t('lines.amount')} problem={problemAt(problems, 'amount')}>
          <AmountInput id="amount" currency={currency} value={typedAmount(value.amount, currency)} onChange={(typed) => set({ amount: typed.text })} inWords />
        </Field>
        <PlaceFields value={value.place} change={(place) => set({ place })} problem={problemAt(problems, 'codes')} />
      </div>
    </FormPage>
  );
}
