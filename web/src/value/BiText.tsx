import { usePreferences } from '../preferences/preferences';
import { isolated } from './Isolated';

export interface TextValue {
  ar: string;
  en: string;
}

/** The user's language, or the other one with a small mark where only that was written. */
export function BiText({ text }: { text: TextValue }) {
  const { language, family } = usePreferences();
  const own = text[language];
  if (own) return <bdi>{isolated(own, family)}</bdi>;
  const other = language === 'ar' ? 'en' : 'ar';
  if (!text[other]) return null;
  return (
    <span className="dw-pair">
      <bdi lang={other}>{isolated(text[other], family)}</bdi> <span className="dw-mark" aria-hidden="true">{other === 'ar' ? 'ع' : 'EN'}</span>
    </span>
  );
}

export const inLanguage = (text: TextValue, language: 'ar' | 'en'): string => text[language] || text[language === 'ar' ? 'en' : 'ar'];
