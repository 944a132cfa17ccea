import type { Feature, FeatureCollection } from 'geojson';
import { LngLat, LngLatBounds, Map as Drawing, Marker, NavigationControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { officeZone } from '../../shell/office';
import { clockTime } from '../../value/dates';
import { fixAt, paceOf, paces, plainLabel, shareAt, stretches, type Fix } from './track';
import './map.css';

/** A thing on the map; it is also in the list. */
export interface Place {
  name: string;
  label: string;
  lng: number;
  lat: number;
}

interface Props {
  title: string;
  /** The margin: everything that is on the map, as a list. */
  list: ReactNode;
  fixes: readonly Fix[];
  places: readonly Place[];
  /** Border lines of the base map, where there is one. */
  borders?: FeatureCollection;
  attribution: string;
  /** The one selection that list, map and time track share. */
  selected: number;
  select: (fix: number) => void;
}

/** A map workspace: the list, the map and the time track show one selection; nothing is told by colour or hover alone. */
export default function MapWorkspace({ title, list, fixes, places, borders, attribution, selected, select }: Props) {
  const { t } = useTranslation();
  const { language, mode, family } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const here = useRef<Marker>(undefined);
  const drawing = useRef<Drawing>(undefined);
  const dark = mode === 'dark';

  useEffect(() => {
    if (!box.current || fixes.length === 0) return;
    setWorkerUrl(worker);
    const bounds = fixes.reduce((all, fix) => all.extend([fix.lng, fix.lat]), new LngLatBounds([fixes[0]!.lng, fixes[0]!.lat], [fixes[0]!.lng, fixes[0]!.lat]));
    const map = new Drawing({
      container: box.current,
      style: styleOf(fixes, places, borders, dark),
      bounds,
      // Pins and clusters stay out from under the controls.
      fitBoundsOptions: { padding: { top: 48, bottom: 48, left: 72, right: 72 } },
      attributionControl: { customAttribution: attribution, compact: false },
      dragRotate: false,
      fadeDuration: 0,
    });
    map.addControl(new NavigationControl({ showCompass: false }), language === 'ar' ? 'bottom-left' : 'bottom-right');
    drawing.current = map;
    here.current = new Marker({ element: pin(), anchor: 'center' }).setLngLat([fixes[0]!.lng, fixes[0]!.lat]).addTo(map);
    map.on('click', (event) => {
      let best = 0;
      fixes.forEach((fix, index) => {
        if (event.lngLat.distanceTo(new LngLat(fix.lng, fix.lat)) < event.lngLat.distanceTo(new LngLat(fixes[best]!.lng, fixes[best]!.lat))) best = index;
      });
      select(best);
    });
    return () => map.remove();
  }, [fixes, places, borders, dark, language, attribution, select]);

  const fix = fixes[selected];
  useEffect(() => {
    if (!fix || !here.current || !drawing.current) return;
    here.current.setLngLat([fix.lng, fix.lat]);
    if (!drawing.current.getBounds().contains([fix.lng, fix.lat])) drawing.current.panTo([fix.lng, fix.lat], { animate: false });
  }, [fix]);

  const onwards = language === 'ar' ? 'ArrowLeft' : 'ArrowRight';
  const back = language === 'ar' ? 'ArrowRight' : 'ArrowLeft';
  const pressed = (event: KeyboardEvent) => {
    const by = event.code === onwards ? 1 : event.code === back ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    select(Math.min(fixes.length - 1, Math.max(0, selected + by)));
  };
  const touched = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons === 0) return;
    const edge = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - edge.x) / edge.width;
    select(fixAt(fixes, language === 'ar' ? 1 - share : share));
  };
  const fastest = Math.max(...fixes.map((one) => one.speed), 1);
  const word = fix ? t('map.at', { at: clockTime(fix.at, officeZone, family), speed: String(fix.speed), limit: String(fix.limit), pace: t(`map.pace.${paceOf(fix)}`) }) : '';
  return (
    <div className="dw-map-space">
      <aside className="dw-sheet dw-margin dw-map-list" aria-label={title}>{list}</aside>
      <div className="dw-map-body">
        <div className="dw-map" ref={box} role="region" aria-label={t('map.region', { title })} />
        <ul className="dw-sheet dw-map-legend" aria-label={t('map.legend')}>
          {(Object.keys(paces) as (keyof typeof paces)[]).map((pace) => (
            <li key={pace}><span style={{ background: paces[pace][dark ? 'dark' : 'light'], blockSize: paces[pace].width }} aria-hidden="true" /> {t(`map.pace.${pace}`)}</li>
          ))}
        </ul>
        <div
          className="dw-time-track"
          role="slider"
          tabIndex={0}
          aria-label={t('map.time')}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, fixes.length - 1)}
          aria-valuenow={selected}
          aria-valuetext={word}
          onKeyDown={pressed}
          onPointerDown={touched}
          onPointerMove={touched}
        >
          {fixes.map((one) => <span key={one.at} className="dw-time-bar" style={{ insetInlineStart: `${shareAt(fixes, one.at) * 100}%`, blockSize: `${(one.speed / fastest) * 100}%`, background: paces[paceOf(one)][dark ? 'dark' : 'light'] }} />)}
          {fix && <span className="dw-time-here" style={{ insetInlineStart: `${shareAt(fixes, fix.at) * 100}%` }} />}
        </div>
        <p className="dw-time-word" role="status">{word}</p>
      </div>
    </div>
  );
}

function pin(): HTMLElement {
  const element = document.createElement('span');
  element.className = 'dw-map-pin';
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** Borders, places and the way, drawn from what the page has: no tiles, no glyphs, nothing from elsewhere. */
function styleOf(fixes: readonly Fix[], places: readonly Place[], borders: FeatureCollection | undefined, dark: boolean): StyleSpecification {
  const lines: Feature[] = stretches(fixes).map((part) => ({ type: 'Feature', properties: { color: paces[part.pace][dark ? 'dark' : 'light'], width: paces[part.pace].width }, geometry: { type: 'LineString', coordinates: part.line } }));
  const named: Feature[] = places.map((place) => ({ type: 'Feature', properties: { label: plainLabel(place.label) }, geometry: { type: 'Point', coordinates: [place.lng, place.lat] } }));
  const ground = dark ? '#121917' : '#EEF1EA';
  const ink = dark ? '#E7ECE8' : '#17201C';
  return {
    version: 8,
    sources: {
      way: { type: 'geojson', data: { type: 'FeatureCollection', features: lines } },
      places: { type: 'geojson', data: { type: 'FeatureCollection', features: named } },
      borders: { type: 'geojson', data: borders ?? { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ground } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': dark ? '#6C7A73' : '#7E8A84', 'line-width': 1, 'line-dasharray': [4, 2] } },
      { id: 'casing', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': dark ? '#000000' : '#FFFFFF', 'line-width': 11 } },
      { id: 'way', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': ['get', 'color'], 'line-width': ['get', 'width'] } },
      { id: 'dots', type: 'circle', source: 'places', paint: { 'circle-radius': 3, 'circle-color': ink } },
      { id: 'labels', type: 'symbol', source: 'places', layout: { 'text-field': ['get', 'label'], 'text-font': ['IBM Plex Sans Arabic'], 'text-size': 14, 'text-offset': [0, -1], 'text-anchor': 'bottom' }, paint: { 'text-color': ink, 'text-halo-color': ground, 'text-halo-width': 2 } },
    ],
  };
}
