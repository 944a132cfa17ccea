import { getDocument, GlobalWorkerOptions, TextLayer, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist';
import worker from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef } from 'react';

/** Begins to read a file; nothing of it is run, nothing is fetched from elsewhere. */
export function openPdf(address: string): PDFDocumentLoadingTask {
  GlobalWorkerOptions.workerSrc = worker;
  return getDocument({ url: address, withCredentials: true, enableXfa: false, isEvalSupported: false, useWasm: false });
}

interface Props {
  file: PDFDocumentProxy;
  page: number;
  scale: number;
  turn: number;
  /** The text over the picture, to be read out, searched and copied in logical order. */
  text?: boolean;
}

/** One page, drawn at the screen's own fineness. */
export function PdfPage({ file, page, scale, turn, text }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let there = true;
    let stop = () => undefined as void;
    void file.getPage(page).then((read) => {
      const paper = canvas.current;
      if (!there || !paper) return;
      const viewport = read.getViewport({ scale, rotation: (read.rotate + turn) % 360 });
      const fine = Math.min(window.devicePixelRatio || 1, 2);
      paper.width = Math.floor(viewport.width * fine);
      paper.height = Math.floor(viewport.height * fine);
      paper.style.inlineSize = `${Math.floor(viewport.width)}px`;
      paper.style.blockSize = `${Math.floor(viewport.height)}px`;
      const drawing = read.render({ canvas: paper, viewport, transform: [fine, 0, 0, fine, 0, 0] });
      drawing.promise.catch(() => undefined);
      stop = () => drawing.cancel();
      if (!text || !layer.current) return;
      layer.current.replaceChildren();
      layer.current.style.setProperty('--total-scale-factor', String(viewport.scale));
      layer.current.style.setProperty('--scale-factor', String(viewport.scale));
      void new TextLayer({ textContentSource: read.streamTextContent(), container: layer.current, viewport }).render().catch(() => undefined);
    });
    return () => {
      there = false;
      stop();
    };
  }, [file, page, scale, turn, text]);
  return (
    <span className="dw-pdf-page">
      <canvas ref={canvas} aria-hidden="true" />
      {text && <span className="textLayer" ref={layer} dir="ltr" />}
    </span>
  );
}
