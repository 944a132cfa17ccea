import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actPlace } from '../archetype/document/ActBar';
import { RuledLines } from '../sheet/Notice';
import { BottomTabs } from './BottomTabs';
import { keepPlace } from './last-place';
import { Spine } from './Spine';
import { PhoneBar, TopBar } from './TopBar';
import { KeysDialog } from '../keys/KeysDialog';
import { Palette } from '../palette/Palette';
import { KeptPreferences } from '../preferences/KeptPreferences';
import { useShellKeys, type Overlay } from './keys';
import { Offline } from './Offline';
import { usePhone } from './phone';

/** Spine, top bar, one page. */
export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const [overlay, setOverlay] = useState<Overlay | undefined>();
  const close = useCallback(() => setOverlay(undefined), []);
  const location = useRouterState({ select: (state) => state.location });
  useEffect(() => keepPlace(location.pathname, location.href), [location.pathname, location.href]);
  useShellKeys(setOverlay);
  return (
    <div className="dw-shell">
      <a className="dw-skip" href="#content">{t('app.skip')}</a>
      <KeptPreferences />
      {!phone && <Spine />}
      {phone ? <PhoneBar /> : <TopBar search={() => setOverlay('palette')} />}
      <main className="dw-main" id="content" tabIndex={-1}>
        <Offline />
        <Suspense fallback={<RuledLines />}>
          <Outlet />
        </Suspense>
      </main>
      {phone && <div id={actPlace} />}
      {phone && <BottomTabs search={() => setOverlay('palette')} />}
      {overlay === 'palette' && <Palette begin="" close={close} />}
      {overlay === 'keys' && <KeysDialog close={close} />}
    </div>
  );
}
