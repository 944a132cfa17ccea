import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { SetBudgetCeilingDocument, type Economic } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { inFamily, toLatin } from '../../value/digits';
import { readAmount } from '../../value/money';
import { Field, problemAt } from '../Field';
import { useForm } from '../use-form';
import type { Cycle } from './CyclePage';
import { SegmentSelect } from './SegmentSelect';
import '../form.css';

/** Sets a ceiling of a chapter or a programme; setting it again changes it. */
export function CeilingForm({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const command = useCommand();
  const { problems } = useForm(command);
  const [chapter, setChapter] = useState('');
  const [programme, setProgramme] = useState('');
  const [economic, setEconomic] = useState<Economic | 'BOTH'>('BOTH');
  const [amounts, setAmounts] = useState(['', '', '']);
  const plain = (text: string) => {
    const read = readAmount(text, cycle.currency);
    return 'value' in read ? read.value.amount : toLatin(text);
  };
  const send = async () => {
    const outcome = await command.send('ceiling', SetBudgetCeilingDocument, {
      year: cycle.year, chapter, programme: programme || null, economic: economic === 'BOTH' ? null : economic, amounts: amounts.map(plain),
    });
    if (outcome.kind === 'done') setAmounts(['', '', '']);
  };
  return (
    <section aria-label={t('preparation.setCeiling')}>
      <h2>{t('preparation.setCeiling')}</h2>
      <OutcomeNotice command={command} />
      <div className="dw-form-fields">
        <SegmentSelect name="chapter" segment="CHAPTER" label={t('preparation.chapter')} value={chapter} change={setChapter} problem={problemAt(problems, 'chapter')} />
        <SegmentSelect name="programme" segment="PROGRAMME" label={t('preparation.programme')} value={programme} change={setProgramme} none={t('preparation.wholeChapter')} problem={problemAt(problems, 'programme')} />
        <div className="dw-field">
          <span className="dw-field-label">{t('preparation.economic')}</span>
          <Segmented<Economic | 'BOTH'> aria-label={t('preparation.economic')} value={economic} options={(['BOTH', 'CURRENT', 'CAPITAL'] as const).map((kind) => ({ value: kind, label: t(`preparation.kinds.${kind}`) }))} onChange={setEconomic} />
        </div>
        {amounts.map((amount, at) => (
          <Field key={at} name={`ceiling-${at}`} label={t('preparation.ceilingOf', { year: inFamily(String(cycle.year + at), family) })} problem={problemAt(problems, `amounts.${at}`)}>
            <Input id={`ceiling-${at}`} dir="ltr" inputMode="decimal" value={amount} onChange={(event) => setAmounts(amounts.map((one, i) => (i === at ? event.target.value : one)))} />
          </Field>
        ))}
      </div>
      <p><Button loading={command.acting !== undefined} disabled={chapter === ''} onClick={() => void send()}>{t('preparation.act.ceiling')}</Button></p>
    </section>
  );
}
