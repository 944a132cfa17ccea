import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { RuledLines } from '../sheet/Notice';
import { BottomTabs } from './BottomTabs';
import { keepPlace } from './last-place';
import { Spine } from './Spine';
import { PhoneBar, TopBar } from './TopBar';
import { useShellKeys } from './keys';
import { usePhone } from './phone';

/** Spine, top bar, one page. */
export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const location = useRouterState({ select: (state) => state.location });
  useEffect(() => keepPlace(location.pathname, location.href), [location.pathname, location.href]);
  useShellKeys();
  return (
    <div className="dw-shell">
      <a className="dw-skip" href="#content">{t('app.skip')}</a>
      {!phone && <Spine />}
      {phone ? <PhoneBar /> : <TopBar />}
      <main className="dw-main" id="content" tabIndex={-1}>
        <Suspense fallback={<RuledLines />}>
          <Outlet />
        </Suspense>
      </main>
      {phone && <BottomTabs />}
    </div>
  );
}
