import { useTranslation } from 'react-i18next';
import { BiText, type TextValue } from './BiText';

interface Props {
  name: TextValue;
  post?: TextValue | null;
  /** The principal, where the person acts for somebody (بالإنابة عن). */
  actingFor?: TextValue | null;
}

/** A person with the post that matters for the act. */
export function Person({ name, post, actingFor }: Props) {
  const { t } = useTranslation();
  return (
    <span className="dw-person">
      <span className="dw-strong"><BiText text={name} /></span>
      {post && <span className="dw-quiet"><BiText text={post} /></span>}
      {actingFor && <span className="dw-quiet">{t('person.actingFor')} <BiText text={actingFor} /></span>}
    </span>
  );
}
