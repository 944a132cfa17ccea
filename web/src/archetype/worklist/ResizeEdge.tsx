import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { narrowest, widest } from './columns';

/** The edge of a column's head: dragged or moved by arrows as seen, in both directions of reading. */
export function ResizeEdge({ name, width, size }: { name: string; width: number; size: (width: number) => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const grip = useRef<{ x: number; width: number }>(undefined);
  const outwards = language === 'ar' ? -1 : 1;
  const taken = (event: PointerEvent<HTMLElement>) => {
    const column = event.currentTarget.parentElement!;
    grip.current = { x: event.clientX, width: column.getBoundingClientRect().width };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const dragged = (event: PointerEvent) => {
    if (grip.current) size(grip.current.width + (event.clientX - grip.current.x) * outwards);
  };
  const pressed = (event: KeyboardEvent) => {
    const seen = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
    if (seen === 0) return;
    event.preventDefault();
    event.stopPropagation();
    size(width + seen * outwards * 16);
  };
  return (
    <span
      className="dw-work-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('worklist.width', { column: name })}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={-1}
      onPointerDown={taken}
      onPointerMove={dragged}
      onPointerUp={() => { grip.current = undefined; }}
      onKeyDown={pressed}
    />
  );
}
