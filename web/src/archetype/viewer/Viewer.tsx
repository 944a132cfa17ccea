import { Button, InputNumber } from 'antd';
import { ChevronLeft, ChevronRight, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../preferences/preferences';
import { inFamily } from '../../value/digits';
import { openPdf, PdfPage } from './pdf';
import './viewer.css';

interface Props {
  /** Where the file is; the same origin as the app. */
  address: string;
  title: string;
  /** How far the text layer can be trusted: written by a program, or read by a machine from a scan. */
  trust: 'written' | 'machineRead';
  /** A line across every page, by rule. */
  watermark?: string;
}

const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** A file of pages: thumbnails in the margin, one page, zoom and rotation, and the text under it for reading and copying. */
export default function Viewer({ address, title, trust, watermark }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const [file, setFile] = useState<PDFDocumentProxy>();
  const [failed, setFailed] = useState(false);
  const [page, setPage] = useState(1);
  const [zoom, setZoom] = useState(1);
  const [turn, setTurn] = useState(0);
  const sheet = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let there = true;
    const opening = openPdf(address);
    opening.promise.then((opened) => there && setFile(opened)).catch(() => there && setFailed(true));
    return () => {
      there = false;
      void opening.destroy();
    };
  }, [address]);

  const pages = file?.numPages ?? 0;
  const go = (to: number) => setPage(Math.min(Math.max(1, to), Math.max(1, pages)));
  const zoomBy = (by: 1 | -1) => setZoom(zooms[Math.min(Math.max(0, zooms.indexOf(zoom) + by), zooms.length - 1)]!);
  const pressed = (event: KeyboardEvent) => {
    if (event.code === 'PageDown') go(page + 1);
    else if (event.code === 'PageUp') go(page - 1);
    else if (event.code === 'Equal' || event.code === 'NumpadAdd') zoomBy(1);
    else if (event.code === 'Minus' || event.code === 'NumpadSubtract') zoomBy(-1);
    else if (event.code === 'KeyR') setTurn((turn + 90) % 360);
    else return;
    event.preventDefault();
  };
  const n = (number: number) => inFamily(String(number), family);
  if (failed) return <p className="dw-strip dw-strip-error" role="alert">{t('viewer.failed')}</p>;
  return (
    <div className="dw-viewer">
      <aside className="dw-sheet dw-margin dw-thumbs" aria-label={t('viewer.pages')}>
        <ol>
          {file && Array.from({ length: pages }, (_, at) => (
            <li key={at}>
              <button type="button" className="dw-thumb" aria-current={page === at + 1 ? 'page' : undefined} aria-label={t('viewer.page', { k: n(at + 1), n: n(pages) })} onClick={() => go(at + 1)}>
                <PdfPage file={file} page={at + 1} scale={0.16} turn={0} />
                <span aria-hidden="true">{n(at + 1)}</span>
              </button>
            </li>
          ))}
        </ol>
      </aside>
      <section className="dw-viewer-page" aria-label={title}>
        <div className="dw-toolbar" role="toolbar" aria-label={t('viewer.tools')}>
          <Button aria-label={t('viewer.before')} disabled={page <= 1} icon={<ChevronLeft className="dw-icon-small dw-mirrored" aria-hidden="true" />} onClick={() => go(page - 1)} />
          <InputNumber aria-label={t('viewer.goTo')} min={1} max={Math.max(1, pages)} value={page} onChange={(to) => to !== null && go(to)} style={{ inlineSize: 72 }} />
          <span className="dw-quiet" role="status">{t('viewer.page', { k: n(page), n: n(pages) })}</span>
          <Button aria-label={t('viewer.after')} disabled={page >= pages} icon={<ChevronRight className="dw-icon-small dw-mirrored" aria-hidden="true" />} onClick={() => go(page + 1)} />
          <Button aria-label={t('viewer.smaller')} icon={<ZoomOut className="dw-icon-small" aria-hidden="true" />} onClick={() => zoomBy(-1)} />
          <span className="dw-figure"><bdi dir="ltr">{n(Math.round(zoom * 100))}%</bdi></span>
          <Button aria-label={t('viewer.larger')} icon={<ZoomIn className="dw-icon-small" aria-hidden="true" />} onClick={() => zoomBy(1)} />
          <Button icon={<RotateCw className="dw-icon-small" aria-hidden="true" />} onClick={() => setTurn((turn + 90) % 360)}>{t('viewer.turn')}</Button>
          <span className={trust === 'written' ? 'dw-tag dw-tag-zinjar dw-push' : 'dw-tag dw-tag-maghra dw-push'}>{t(`viewer.trust.${trust}`)}</span>
        </div>
        <div className="dw-viewer-sheet" tabIndex={0} ref={sheet} role="group" aria-label={t('viewer.page', { k: n(page), n: n(pages) })} onKeyDown={pressed}>
          {file && (
            <div className="dw-viewer-paper">
              <PdfPage key={`${page} ${zoom} ${turn}`} file={file} page={page} scale={zoom * 1.25} turn={turn} text />
              {watermark && <span className="dw-watermark" aria-hidden="true">{watermark}</span>}
            </div>
          )}
        </div>
      </section>
    </div>
  );
}
