import { Button, Segmented, Select } from 'antd';
import { Rows3, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { inLanguage } from '../../value/BiText';
import { SavedViews } from '../../views/SavedViews';
import { useSegmentValues } from '../use-segment-values';
import type { Condition, ExecutionSearch, Grouping } from './search';

interface Props {
  search: ExecutionSearch;
  groupings: readonly Grouping[];
  conditions: readonly Condition[];
  change: (part: Partial<Record<keyof ExecutionSearch, string | undefined>>) => void;
  phone: boolean;
}

/** What makes the rows, which lines are taken, and the unit of the sheet; all of it lives in the address. */
export function Toolbar({ search, groupings, conditions, change, phone }: Props) {
  const { t } = useTranslation();
  const { density, unit, change: prefer } = usePreferences();
  const [asked, setAsked] = useState(false);
  const compact = density === 'compact';
  const picks = conditions.map((segment) => (
    <ConditionSelect key={segment} segment={segment} value={search[segment]} choose={(code) => change({ [segment]: code })} />
  ));
  return (
    <div className="dw-toolbar">
      {phone && (
        <Segmented
          aria-label={t('execution.conditions')}
          value={search.low ?? ''}
          options={[{ value: '1', label: t('execution.onlyLow') }, { value: '', label: t('execution.everything') }]}
          onChange={(low) => change({ low: low || undefined })}
        />
      )}
      {!phone && <SavedViews page="finance.execution" />}
      {!phone && picks}
      {!phone && (
        <Button type={search.low ? 'primary' : 'dashed'} ghost={search.low !== undefined} aria-pressed={search.low !== undefined} onClick={() => change({ low: search.low ? undefined : '1' })}>{t('execution.onlyLow')}</Button>
      )}
      <Segmented<Grouping>
        className="dw-push"
        aria-label={t('execution.groupBy')}
        value={search.by ?? groupings[0] ?? 'PROGRAMME'}
        options={groupings.map((value) => ({ value, label: t(`segment.${value}`) }))}
        onChange={(by) => change({ by })}
      />
      <Segmented
        aria-label={t('unit.label')}
        value={unit}
        options={(['one', 'thousand'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
        onChange={(value) => prefer({ unit: value })}
      />
      {!phone && (
        <Button
          type="text"
          aria-pressed={compact}
          icon={<Rows3 className="dw-icon-small" aria-hidden="true" />}
          onClick={() => prefer({ density: compact ? 'comfortable' : 'compact' })}
        >
          {t('user.densities.compact')}
        </Button>
      )}
      {phone && conditions.length > 0 && (
        <Button aria-expanded={asked} aria-label={t('execution.conditions')} icon={<SlidersHorizontal className="dw-icon-small" aria-hidden="true" />} onClick={() => setAsked(!asked)} />
      )}
      {phone && asked && picks}
    </div>
  );
}

function ConditionSelect({ segment, value, choose }: { segment: Condition; value: string | undefined; choose: (code: string | undefined) => void }) {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const values = useSegmentValues(segment);
  const name = t(`segment.${segment}`);
  if (values.length < 2 && value === undefined) return null;
  return (
    <Select
      className="dw-condition"
      aria-label={name}
      prefix={t('segment.filter', { segment: name })}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? ''}
      onChange={(code) => choose(code || undefined)}
      options={[
        { value: '', label: t('segment.all') },
        ...values.map((known) => ({ value: known.code, label: `${inFamily(known.code, family)} ${inLanguage(known.name, language)}` })),
      ]}
    />
  );
}
