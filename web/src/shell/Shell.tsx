import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actPlace } from '../archetype/document/ActBar';
import { RuledLines } from '../sheet/Notice';
import { useSession } from '../session/session';
import { BottomTabs } from './BottomTabs';
import { keepPlace } from './last-place';
import { Spine } from './Spine';
import { PhoneBar, TopBar } from './TopBar';
import { KeysDialog } from '../keys/KeysDialog';
import { Palette } from '../palette/Palette';
import { KeptPreferences } from '../preferences/KeptPreferences';
import { Missing } from './Missing';
import { useShellKeys, type Overlay } from './keys';
import { AsOfStrip } from './as-of/AsOfStrip';
import { useAsOf } from './as-of/as-of';
import { RightsWatch } from './RightsWatch';
import { Offline } from './Offline';
import { usePhone } from './phone';

/** Spine, top bar, one page. */
export function Shell() {
  const { t } = useTranslation();
  const phone = usePhone();
  const time = useAsOf();
  const [overlay, setOverlay] = useState<Overlay | undefined>();
  const close = useCallback(() => setOverlay(undefined), []);
  const location = useRouterState({ select: (state) => state.location });
  useEffect(() => keepPlace(location.pathname, location.href), [location.pathname, location.href]);
  const then = { asOf: overlay === 'as-of', setAsOf: (open: boolean) => setOverlay(open ? 'as-of' : undefined) };
  const { may } = useSession();
  const hidden = location.pathname.startsWith('/finance') && !may('finance.read');
  useShellKeys(setOverlay);
  return (
    <div className={time.active ? 'dw-shell dw-then-on' : 'dw-shell'}>
      <a className="dw-skip" href="#content">{t('app.skip')}</a>
      <KeptPreferences />
      {!phone && <Spine />}
      {phone ? <PhoneBar {...then} /> : <TopBar search={() => setOverlay('palette')} {...then} />}
      <main className="dw-main" id="content" tabIndex={-1}>
        <Offline />
        <RightsWatch />
        <AsOfStrip />
        <Suspense fallback={<RuledLines />}>
          {hidden ? <Missing /> : <Outlet />}
        </Suspense>
      </main>
      {phone && <div id={actPlace} />}
      {phone && <BottomTabs search={() => setOverlay('palette')} />}
      {overlay === 'palette' && <Palette begin="" close={close} />}
      {overlay === 'keys' && <KeysDialog close={close} />}
    </div>
  );
}
