import { ConfigProvider } from 'antd';
import arabic from 'antd/locale/ar_EG';
import english from 'antd/locale/en_GB';
import { useMemo, type ReactNode } from 'react';
import { usePreferences } from '../preferences/preferences';
import { diwanTheme } from './ink';

/** Ant Design in the theme, language, direction and density the person chose. */
export function AntProvider({ children }: { children: ReactNode }) {
  const { language, mode, density } = usePreferences();
  const theme = useMemo(() => diwanTheme(mode, density), [mode, density]);
  return (
    <ConfigProvider
      theme={theme}
      direction={language === 'ar' ? 'rtl' : 'ltr'}
      locale={language === 'ar' ? arabic : english}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
