import { Button } from 'antd';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Nothing to show: what will appear here, and the one act. */
export function Empty({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="dw-state" role="status">
      <p>{children}</p>
      {act}
    </div>
  );
}

/** The first reading shows the ruled lines of the sheet, empty. */
export function RuledLines({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="dw-lines" role="status" aria-busy="true">
      <span className="dw-hidden">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} />
      ))}
    </div>
  );
}

/** The server did not answer: what is on screen stays, and the way to ask again. */
export function Unread({ kept, again }: { kept: boolean; again: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="dw-strip dw-strip-error" role="alert">
      <TriangleAlert className="dw-icon-small" aria-hidden="true" />
      <span>{t(kept ? 'state.error' : 'state.errorEmpty')}</span>
      <Button size="small" onClick={again}>
        {t('state.retry')}
      </Button>
    </div>
  );
}

/** The view lags behind the log: the figures stay, marked. */
export function Stale({ again }: { again: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="dw-strip" role="status">
      <span>{t('state.stale')}</span>
      <Button size="small" onClick={again}>
        {t('state.retry')}
      </Button>
    </div>
  );
}
