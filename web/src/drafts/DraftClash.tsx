import { useTranslation } from 'react-i18next';
import { ConflictMerge } from '../archetype/act/ConflictMerge';
import { readable } from './put-at';
import type { Draft } from './use-draft';

/** Another person wrote the same field of this draft: as it was, theirs, yours; one press to accept. */
export function DraftClash({ draft }: { draft: Pick<Draft<object>, 'clashes' | 'decide'> }) {
  const { t } = useTranslation();
  if (draft.clashes.length === 0) return null;
  const fields = draft.clashes.map((clash) => ({
    name: clash.path,
    label: t(`drafts.field.${clash.path.split('.')[0]}`, { defaultValue: clash.path }),
    was: readable(clash.was),
    theirs: readable(clash.theirs),
    yours: readable(clash.yours),
  }));
  const accept = (values: Record<string, string>) =>
    draft.decide(Object.fromEntries(fields.map((field) => [field.name, values[field.name] === field.theirs ? 'theirs' : 'yours'])));
  return (
    <>
      <p className="dw-strip" role="alert">{t('drafts.clash')}</p>
      <ConflictMerge fields={fields} accept={accept} />
    </>
  );
}
