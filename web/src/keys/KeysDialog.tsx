import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { shownKeys } from './key-list';
import '../palette/palette.css';

/** The keys of the house, each with what it does. */
export function KeysDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dw-keys" aria-labelledby="keys-title" onClose={close}>
      <header>
        <h2 id="keys-title">{t('keys.title')}</h2>
        <Button onClick={close}>{t('keys.close')}</Button>
      </header>
      <dl>
        {shownKeys.map(({ name, keys }) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt dir="ltr">{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(`keys.does.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <p>{t('keys.note')}</p>
    </dialog>
  );
}
