import { Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences, type Preferences } from '../preferences/preferences';

/** Language, digits, first calendar, theme, density, keys: each shows at once. */
export function PreferencesForm() {
  const { t } = useTranslation();
  const preferences = usePreferences();

  function choice<Name extends 'language' | 'theme' | 'digits' | 'density' | 'calendar'>(name: Name, options: { value: Preferences[Name]; label: string }[]) {
    return (
      <fieldset>
        <legend id={`preference-${name}`}>{t(`user.${name}`)}</legend>
        <Segmented<Preferences[Name]>
          block
          name={`preference-${name}`}
          aria-labelledby={`preference-${name}`}
          value={preferences[name]}
          options={options}
          onChange={(value) => preferences.change({ [name]: value })}
        />
      </fieldset>
    );
  }

  return (
    <div className="dw-preferences">
      {choice('language', [{ value: 'ar', label: 'العربية' }, { value: 'en', label: 'English' }])}
      {choice('theme', (['system', 'light', 'dark', 'contrast'] as const).map((value) => ({ value, label: t(`user.themes.${value}`) })))}
      {choice('digits', (['automatic', 'latin', 'arabic'] as const).map((value) => ({ value, label: t(`user.digitFamilies.${value}`) })))}
      {choice('calendar', (['gregorian', 'hijri'] as const).map((value) => ({ value, label: t(`calendar.${value}`) })))}
      {choice('density', (['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`user.densities.${value}`) })))}
      <label className="dw-preference-line">
        <Switch size="small" checked={preferences.shortcuts} onChange={(shortcuts) => preferences.change({ shortcuts })} aria-label={t('keys.on')} />
        <span aria-hidden="true">{t('keys.on')}</span>
      </label>
    </div>
  );
}
