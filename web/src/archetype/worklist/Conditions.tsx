import { Button, Dropdown, Input, Select } from 'antd';
import { Plus, Rows3, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';

/** A condition on the rows; its value lives in the address. */
export interface Condition {
  name: string;
  label: string;
  /** What may be chosen; without options the condition is a text that is looked for. */
  options?: readonly { value: string; label: string }[];
  /** Always in sight, set or not. */
  always?: boolean;
}

interface Props {
  conditions: readonly Condition[];
  values: Readonly<Record<string, string | undefined>>;
  change: (part: Record<string, string | undefined>) => void;
  /** Columns the rows may be gathered by. */
  groups?: readonly { value: string; label: string }[];
  group?: string | undefined;
  changeGroup?: (group: string | undefined) => void;
  phone: boolean;
  /** Whether amounts stand in the list, whose unit is then said. */
  stated?: boolean;
}

/** The conditions of a list, the way its rows are gathered, its density. */
export function Conditions({ conditions, values, change, groups = [], group, changeGroup, phone, stated = true }: Props) {
  const { t } = useTranslation();
  const { density, change: prefer } = usePreferences();
  const [added, setAdded] = useState<readonly string[]>([]);
  const there = conditions.filter((condition) => condition.always || values[condition.name] !== undefined || added.includes(condition.name));
  const rest = conditions.filter((condition) => !there.includes(condition));
  const compact = density === 'compact';
  const drop = (name: string) => {
    setAdded(added.filter((one) => one !== name));
    change({ [name]: undefined });
  };
  return (
    <div className="dw-toolbar">
      {there.map((condition) => (
        <span key={condition.name} className="dw-condition-chip">
          {condition.options ? (
            <Select
              className="dw-condition"
              aria-label={condition.label}
              prefix={t('segment.filter', { segment: condition.label })}
              popupMatchSelectWidth={false}
              showSearch={condition.options.length > 12 ? { optionFilterProp: 'label' } : false}
              value={values[condition.name] ?? ''}
              options={[...(condition.options.some((option) => option.value === 'all') ? [] : [{ value: '', label: t('segment.all') }]), ...condition.options]}
              onChange={(value) => change({ [condition.name]: value || undefined })}
            />
          ) : (
            <Input
              className="dw-condition"
              aria-label={condition.label}
              prefix={t('segment.filter', { segment: condition.label })}
              defaultValue={values[condition.name] ?? ''}
              onPressEnter={(event) => change({ [condition.name]: event.currentTarget.value.trim() || undefined })}
              onBlur={(event) => change({ [condition.name]: event.currentTarget.value.trim() || undefined })}
            />
          )}
          {!condition.always && <Button type="text" size="small" aria-label={t('worklist.drop', { condition: condition.label })} icon={<X className="dw-icon-small" aria-hidden="true" />} onClick={() => drop(condition.name)} />}
        </span>
      ))}
      {rest.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: rest.map((condition) => ({ key: condition.name, label: condition.label })), onClick: ({ key }) => setAdded([...added, key]) }}>
          <Button type="dashed" icon={<Plus className="dw-icon-small" aria-hidden="true" />}>{t('worklist.condition')}</Button>
        </Dropdown>
      )}
      {groups.length > 0 && changeGroup && (
        <Select
          className="dw-push"
          aria-label={t('worklist.group')}
          prefix={t('worklist.group')}
          popupMatchSelectWidth={false}
          value={group ?? ''}
          options={[{ value: '', label: t('worklist.ungrouped') }, ...groups]}
          onChange={(value) => changeGroup(value || undefined)}
        />
      )}
      {stated ? <span className={groups.length > 0 ? 'dw-stated' : 'dw-stated dw-push'}>{t('unit.statedOne')}</span> : groups.length === 0 && <span className="dw-push" />}
      {!phone && (
        <Button type="text" aria-pressed={compact} icon={<Rows3 className="dw-icon-small" aria-hidden="true" />} onClick={() => prefer({ density: compact ? 'comfortable' : 'compact' })}>
          {t('user.densities.compact')}
        </Button>
      )}
    </div>
  );
}
