import { Popover } from 'antd';
import { History } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { RuledLines } from '../../sheet/Notice';
import { useAsOf } from './as-of';
import './as-of.css';

const AsOfPanel = lazy(() => import('./AsOfPanel'));

/** The time machine: says now, or that another time is on screen. */
export function AsOfButton({ open, setOpen }: { open: boolean; setOpen: (open: boolean) => void }) {
  const { t } = useTranslation();
  const { active } = useAsOf();
  return (
    <Popover
      trigger="click"
      placement="bottom"
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={<Suspense fallback={<RuledLines rows={3} />}><AsOfPanel done={() => setOpen(false)} /></Suspense>}
    >
      <button type="button" className={active ? 'dw-then-open dw-then-active' : 'dw-then-open'} aria-expanded={open} aria-haspopup="dialog" aria-keyshortcuts="T" title={t('asOf.title')} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <History className="dw-icon-small" aria-hidden="true" />
        <span>{t(active ? 'asOf.then' : 'asOf.now')}</span>
      </button>
    </Popover>
  );
}
