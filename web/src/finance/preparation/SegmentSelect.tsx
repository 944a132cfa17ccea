import { Select } from 'antd';
import type { SegmentName } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { Field } from '../Field';
import { useSegmentValues } from '../use-segment-values';

interface Props {
  name: string;
  segment: SegmentName;
  label: string;
  value: string;
  change: (code: string) => void;
  /** The word for no choice, where none is allowed. */
  none?: string;
  problem?: string | undefined;
}

/** One code of the chart, found by its number or its name. */
export function SegmentSelect({ name, segment, label, value, change, none, problem }: Props) {
  const { family, language } = usePreferences();
  const values = useSegmentValues(segment).filter((one) => one.posting);
  const options = values.map((one) => ({ value: one.code, label: `${inFamily(one.code, family)} ${(language === 'ar' ? one.name.ar : one.name.en) || one.name.en || one.name.ar || ''}` }));
  return (
    <Field name={name} label={label} problem={problem}>
      <Select
        id={name}
        showSearch
        optionFilterProp="label"
        value={value === '' && none === undefined ? null : value}
        options={none === undefined ? options : [{ value: '', label: none }, ...options]}
        onChange={(code: string | null) => change(code ?? '')}
      />
    </Field>
  );
}
