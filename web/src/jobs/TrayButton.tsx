import { Popover } from 'antd';
import { ListChecks } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RuledLines } from '../sheet/Notice';
import { Count } from '../value/Count';
import { toBring, underWay, useBring, useJobs } from './use-jobs';
import './jobs.css';

const Tray = lazy(() => import('./Tray'));

/** Long work: how much is under way; behind it each job with its progress. It goes on when the page is closed. */
export function TrayButton() {
  const { t } = useTranslation();
  const { jobs, read, began } = useJobs();
  const bring = useBring();
  const [open, setOpen] = useState(false);
  const going = jobs.filter(underWay).length;
  useEffect(() => {
    if (began > 0) setOpen(true);
  }, [began]);
  useEffect(() => {
    for (const job of jobs) if (job.status === 'DONE' && job.file && toBring(job.id)) void bring(job.id);
  }, [jobs]);
  return (
    <Popover
      trigger="click"
      placement="bottom"
      open={open}
      onOpenChange={(next) => { setOpen(next); if (next) read(); }}
      content={<Suspense fallback={<RuledLines rows={3} />}><Tray jobs={jobs} read={read} /></Suspense>}
    >
      <button type="button" className="dw-bell" aria-expanded={open} aria-haspopup="dialog" aria-label={t('jobs.button', { count: going })} title={t('jobs.title')} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <ListChecks className="dw-icon" aria-hidden="true" />
        {going > 0 && <span className="dw-counter" aria-hidden="true"><Count of={going} /></span>}
      </button>
    </Popover>
  );
}
