import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';

/** The other language, at once and without losing anything on the page. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, change } = usePreferences();
  const arabic = language === 'ar';
  return (
    <button type="button" className="dw-switch" aria-label={t('language.switch')} onClick={() => change({ language: arabic ? 'en' : 'ar' })}>
      {arabic ? <b lang="ar">ع</b> : <span lang="ar">ع</span>}
      {' / '}
      {arabic ? <span lang="en">EN</span> : <b lang="en">EN</b>}
    </button>
  );
}
