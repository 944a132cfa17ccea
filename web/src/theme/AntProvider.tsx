import { ConfigProvider } from 'antd';
import arabic from 'antd/locale/ar_EG';
import english from 'antd/locale/en_GB';
import { useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { diwanTheme } from './ink';

const stillness = '(prefers-reduced-motion: reduce)';

function watchStillness(changed: () => void): () => void {
  const query = matchMedia(stillness);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Ant Design in the theme, language, direction and density the person chose; still where the machine asks for it. */
export function AntProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { language, mode, density } = usePreferences();
  const still = useSyncExternalStore(watchStillness, () => matchMedia(stillness).matches);
  const theme = useMemo(() => {
    const inks = diwanTheme(mode, density);
    return still ? { ...inks, token: { ...inks.token, motion: false } } : inks;
  }, [mode, density, still]);
  return (
    <ConfigProvider
      theme={theme}
      direction={language === 'ar' ? 'rtl' : 'ltr'}
      locale={language === 'ar' ? arabic : english}
      button={{ autoInsertSpace: false }}
      renderEmpty={() => <span className="dw-quiet">{t('list.nothing')}</span>}
    >
      {children}
    </ConfigProvider>
  );
}
