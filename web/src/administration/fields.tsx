import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ColleaguesDocument, RoleChoicesDocument, UnitChoicesDocument } from '../generated/graph';
import { usePreferences } from '../preferences/preferences';
import { inLanguage } from '../value/BiText';
import { inFamily } from '../value/digits';

interface Props {
  id: string;
  value: string;
  change: (value: string) => void;
  /** Read out when no label stands beside it. */
  label?: string;
  clears?: boolean;
}

/** What was typed, once the fingers rest. */
export function useSettled(words: string): string {
  const [settled, setSettled] = useState(words);
  useEffect(() => {
    const clock = setTimeout(() => setSettled(words), 160);
    return () => clearTimeout(clock);
  }, [words]);
  return settled;
}

/** A unit of the directory, found by its name or its path; its id is kept. */
export function UnitField({ id, value, change, label, clears }: Props) {
  const { language, family } = usePreferences();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed);
  const [{ data, fetching }] = useQuery({ query: UnitChoicesDocument, variables: { search: words || null, chosen: value || 'none', first: 30 } });
  const found = data?.units.nodes ?? [];
  const units = [...(data?.root && !words ? [data.root] : []), ...(data?.chosen && !found.some((unit) => unit.id === data.chosen?.id) ? [data.chosen] : []), ...found];
  const options = units.filter((unit, at) => units.findIndex((other) => other.id === unit.id) === at).map((unit) => ({ value: unit.id, label: `${inLanguage(unit.name, language)} · ${inFamily(unit.path, family)}` }));
  return <Select id={id} {...(label ? { 'aria-label': label } : {})} showSearch={{ filterOption: false, onSearch: setTyped }} allowClear={clears ?? false} loading={fetching} popupMatchSelectWidth={false} value={value || null} options={options} onChange={(chosen?: string) => change(chosen ?? '')} />;
}

/** A person who works here, found by name. */
export function PersonField({ id, value, change, label, clears }: Props) {
  const { language } = usePreferences();
  const [typed, setTyped] = useState('');
  const words = useSettled(typed);
  const [{ data, fetching }] = useQuery({ query: ColleaguesDocument, variables: { search: words || null, first: 40 } });
  const [known, setKnown] = useState<Record<string, string>>({});
  const options = (data?.colleagues.nodes ?? []).map((one) => ({ value: one.id, label: [inLanguage(one.name, language), inLanguage(one.title, language)].filter(Boolean).join(' · ') }));
  if (value && !options.some((option) => option.value === value)) options.push({ value, label: known[value] ?? value });
  return (
    <Select
      id={id}
      {...(label ? { 'aria-label': label } : {})}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear={clears ?? false}
      loading={fetching}
      popupMatchSelectWidth={false}
      value={value || null}
      options={options}
      onChange={(chosen?: string) => {
        const option = options.find((one) => one.value === chosen);
        if (option) setKnown({ ...known, [option.value]: option.label });
        change(chosen ?? '');
      }}
    />
  );
}

/** The roles, for lists of choice. */
export function useRoleChoices(wanted = true): { value: string; label: string }[] {
  const { language } = usePreferences();
  const [{ data }] = useQuery({ query: RoleChoicesDocument, variables: { first: 200 }, pause: !wanted });
  return (data?.roles.nodes ?? []).map((role) => ({ value: role.id, label: inLanguage(role.title, language) }));
}

/** One role. */
export function RoleField({ id, value, change, label }: Props) {
  const options = useRoleChoices();
  return <Select id={id} {...(label ? { 'aria-label': label } : {})} showSearch={{ optionFilterProp: 'label' }} popupMatchSelectWidth={false} value={value || null} options={options} onChange={change} />;
}

export const grades = ['OPEN', 'RESTRICTED', 'SECRET', 'TOP_SECRET'] as const;
export const kinds = ['READING', 'PREPARING', 'APPROVING', 'ADMINISTERING'] as const;

export function useGradeChoices(): { value: string; label: string }[] {
  const { t } = useTranslation();
  return grades.map((grade) => ({ value: grade, label: t(`access.grades.${grade}`) }));
}
