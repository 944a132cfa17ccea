import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CancelJobDocument, type JobRowFragment } from '../generated/graph';
import { Empty } from '../sheet/Notice';
import { BiText } from '../value/BiText';
import { Count } from '../value/Count';
import { Moment } from '../archetype/document/Margin';
import { underWay, useBring } from './use-jobs';

/** The jobs of a person, the newest first: progress, cancel, the file each made, why one failed. */
export default function Tray({ jobs, read }: { jobs: readonly JobRowFragment[]; read: () => void }) {
  const { t } = useTranslation();
  return (
    <section className="dw-tray" aria-label={t('jobs.title')}>
      <h2>{t('jobs.title')}</h2>
      {jobs.length === 0 && <Empty>{t('jobs.empty')}</Empty>}
      <ul>{jobs.map((job) => <JobLine key={job.id} job={job} read={read} />)}</ul>
    </section>
  );
}

export function JobLine({ job, read }: { job: JobRowFragment; read: () => void }) {
  const { t } = useTranslation();
  const bring = useBring();
  const [, cancel] = useMutation(CancelJobDocument);
  const done = Number(job.done);
  const total = Number(job.total);
  return (
    <li className="dw-job">
      <b><BiText text={job.title} /></b>
      <span className="dw-quiet">{t(`jobs.status.${job.cancelAsked && underWay(job) ? 'STOPPING' : job.status}`)} · <Moment at={job.endedAt ?? job.createdAt} /></span>
      {underWay(job) && (
        <>
          <progress aria-label={t('jobs.progress')} {...(total > 0 ? { value: done, max: total } : {})} />
          <span className="dw-quiet" aria-hidden="true"><Count of={done} />{total > 0 && <>{' / '}<Count of={total} /></>}</span>
        </>
      )}
      {job.problems.map((problem) => <p key={problem.code} className="dw-job-problem">{problem.message}</p>)}
      <span className="dw-job-acts">
        {job.file && job.status === 'DONE' && <Button size="small" onClick={() => void bring(job.id)}>{t('jobs.fetch')}</Button>}
        {underWay(job) && !job.cancelAsked && <Button size="small" onClick={() => void cancel({ id: job.id }).then(read)}>{t('jobs.cancel')}</Button>}
      </span>
    </li>
  );
}
