import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inLanguage } from '../../value/BiText';
import { Field } from '../Field';
import { useSegmentValues } from '../use-segment-values';

/** Where a document belongs: fund and chapter. */
export interface Place {
  fund: string;
  chapter: string;
}

interface Props {
  value: Place;
  change: (place: Place) => void;
  problem?: string | undefined;
  /** The rules give the fund. */
  fundless?: boolean;
}

export function PlaceFields({ value, change, problem, fundless }: Props) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const chapters = useSegmentValues('CHAPTER');
  return (
    <>
      <Field name="chapter" label={t('segment.CHAPTER')} problem={problem}>
        <Select id="chapter" showSearch={{ optionFilterProp: 'label' }} value={value.chapter || null} placeholder={t('form.choose')} options={chapters.map((one) => ({ value: one.code, label: `${one.code} · ${inLanguage(one.name, language)}` }))} onChange={(chapter: string) => change({ ...value, chapter })} />
      </Field>
      {!fundless && <Field name="fund" label={t('segment.FUND')}><Input id="fund" dir="ltr" maxLength={4} value={value.fund} onChange={(event) => change({ ...value, fund: event.target.value })} /></Field>}
    </>
  );
}
