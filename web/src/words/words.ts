import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../value/dates';
import ar from './ar.json';
import en from './en.json';

/** Both languages are in the bundle, so that switching is instant and needs no network. */
export async function startWords(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ar',
    resources: { ar: { translation: ar }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
