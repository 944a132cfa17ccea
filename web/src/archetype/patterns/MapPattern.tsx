import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { RuledLines } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { officeZone } from '../../shell/office';
import { clockTime } from '../../value/dates';
import { Plate } from '../../value/Plate';
import { Quantity } from '../../value/Quantity';
import { paceOf, type Fix } from '../map/track';

const MapWorkspace = lazy(() => import('../map/MapWorkspace'));

const names = [
  { name: 'north', ar: 'إربد', en: 'Irbid', lng: 35.85, lat: 32.55 },
  { name: 'middle', ar: 'جرش', en: 'Jerash', lng: 35.9, lat: 32.28 },
  { name: 'south', ar: 'عمّان', en: 'Amman', lng: 35.93, lat: 31.95 },
];

/** An invented way between three towns, a fix a minute. */
const fixes: Fix[] = Array.from({ length: 60 }, (_, minute) => ({
  at: new Date(Date.UTC(2026, 10, 22, 5, 42 + minute)).toISOString(),
  lng: 35.93 - 0.08 * (minute / 59) + 0.03 * Math.sin(minute / 6),
  lat: 31.95 + 0.6 * (minute / 59),
  speed: Math.round(60 + 45 * Math.sin(minute / 7)),
  limit: 90,
}));

/** The map workspace with an invented way; list, map and time track share one selection. */
export function MapPattern() {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const [selected, select] = useState(0);
  const places = names.map((place) => ({ name: place.name, label: place[language], lng: place.lng, lat: place.lat }));
  const told = fixes.flatMap((fix, index) => (index === 0 || index === fixes.length - 1 || paceOf(fix) !== paceOf(fixes[index - 1]!) ? [{ fix, index }] : []));
  return (
    <Page fixed title={t('patterns.map')} crumbs={[t('patterns.title')]}>
      <p className="dw-stated">{t('patterns.invented')}</p>
      <Suspense fallback={<RuledLines />}>
        <MapWorkspace
          title={t('patterns.map')}
          fixes={fixes}
          places={places}
          attribution={t('patterns.invented')}
          selected={selected}
          select={select}
          list={
            <>
              <p><Plate number="148213" pattern="#-#####" /></p>
              <ol className="dw-timeline">
                {told.map(({ fix, index }) => (
                  <li key={fix.at}>
                    <button type="button" className="dw-link" aria-current={index === selected || undefined} onClick={() => select(index)}>
                      <bdi dir="ltr">{clockTime(fix.at, officeZone, family)}</bdi> · {t(`map.pace.${paceOf(fix)}`)}
                    </button>
                    <Quantity of={String(fix.speed)} unit={t('map.kmh')} />
                  </li>
                ))}
              </ol>
            </>
          }
        />
      </Suspense>
    </Page>
  );
}
