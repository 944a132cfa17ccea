import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

function watch(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** Without the network: what is kept, and what has to wait for the server. */
export function Offline() {
  const { t } = useTranslation();
  const online = useSyncExternalStore(watch, () => navigator.onLine);
  return (
    <div role="status" className={online ? undefined : 'dw-band dw-band-waits'}>
      {!online && (
        <>
          <CloudOff className="dw-icon-small" aria-hidden="true" />
          <span>{t('offline.text')}</span>
        </>
      )}
    </div>
  );
}
