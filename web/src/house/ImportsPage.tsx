import { Button, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { BeginUploadDocument, ImportBudgetDocument, JobFindingsDocument, JobsDocument, UploadStateDocument, type JobFindingsQuery } from '../generated/graph';
import { JobLine } from '../jobs/Tray';
import { jobBegan, underWay, useBring } from '../jobs/use-jobs';
import { usePreferences } from '../preferences/preferences';
import { commandId } from '../session/command-id';
import { useSession } from '../session/session';
import { Empty, RuledLines } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { Table, type Column } from '../sheet/Table';
import { BiText, inLanguage } from '../value/BiText';
import { Code, Count } from '../value/Count';
import { HouseSections } from './HouseSections';
import { sendFile } from './send';
import '../jobs/jobs.css';

const kind = 'finance.import_budget';

type Found = NonNullable<JobFindingsQuery['job']>;

/** Imports (الاستيراد): a budget file is sent, tried without booking anything, its bad rows listed, then booked. */
export function ImportsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [shown, setShown] = useState<string>();
  const [{ data }, ask] = useQuery({ query: JobsDocument, variables: { first: 50, after: null } });
  const jobs = data?.jobs.nodes.filter((job) => job.kind === kind) ?? [];
  const going = jobs.some(underWay);
  useEffect(() => {
    if (!going) return;
    const clock = setInterval(() => ask({ requestPolicy: 'network-only' }), 1000);
    return () => clearInterval(clock);
  }, [going, ask]);
  const began = (id: string) => {
    setShown(id);
    ask({ requestPolicy: 'network-only' });
    jobBegan(id, false);
  };
  return (
    <Page title={t('house.imports')} crumbs={[t('module.administration'), t('house.imports')]} sections={<HouseSections />}>
      {may('finance.budget.import') && <SendBudget began={began} />}
      {shown && <Findings id={shown} />}
      <section className="dw-sheet dw-import" aria-labelledby="imports-before">
        <h2 id="imports-before">{t('imports.before')}</h2>
        {jobs.length === 0 && <Empty>{t('imports.empty')}</Empty>}
        <ul>
          {jobs.map((job) => (
            <li key={job.id}>
              <ul><JobLine job={job} read={() => ask({ requestPolicy: 'network-only' })} /></ul>
              <Button size="small" type="link" onClick={() => setShown(job.id)}>{t('imports.show')}</Button>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function SendBudget({ began }: { began: (job: string) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const [file, setFile] = useState<File>();
  const [upload, setUpload] = useState<{ of: File; id: string }>();
  const [year, setYear] = useState<number | null>(null);
  const [vintage, setVintage] = useState('original');
  const [sent, setSent] = useState<number>();
  const [told, setTold] = useState<string[]>([]);

  const bring = async (): Promise<string | undefined> => {
    if (!file) return undefined;
    if (upload?.of === file) return upload.id;
    const answer = await client.mutation(BeginUploadDocument, { input: { purpose: 'finance.budget', name: file.name, size: String(file.size), type: 'text/csv', sha256: null } }).toPromise();
    const act = answer.data?.beginUpload;
    if (!act?.upload?.url) {
      setTold(act?.problems.map((problem) => problem.message) ?? [t('state.error')]);
      return undefined;
    }
    await sendFile(act.upload.url, file, setSent);
    const after = await client.query(UploadStateDocument, { id: act.upload.id }, { requestPolicy: 'network-only' }).toPromise();
    if (after.data?.upload?.state !== 'KEPT') {
      setTold(after.data?.upload?.problems.map((problem) => problem.message) ?? [t('state.error')]);
      return undefined;
    }
    setUpload({ of: file, id: act.upload.id });
    return act.upload.id;
  };
  const go = async (dryRun: boolean) => {
    setTold([]);
    try {
      const id = await bring();
      if (!id) return;
      const answer = await client.mutation(ImportBudgetDocument, { input: { command: commandId(), upload: id, year, vintage, additions: false, map: null, dryRun } }).toPromise();
      const act = answer.data?.importBudget;
      if (act?.job) began(act.job.id);
      else setTold(act?.problems.map((problem) => problem.message) ?? [answer.error?.graphQLErrors[0]?.message ?? t('state.error')]);
    } catch {
      setTold([t('imports.broken')]);
    } finally {
      setSent(undefined);
    }
  };
  return (
    <section className="dw-sheet dw-ruled dw-import" aria-labelledby="imports-new">
      <h2 id="imports-new">{t('imports.new')}</h2>
      <fieldset>
        <label>
          <span>{t('imports.file')}</span>
          <input type="file" accept=".csv,text/csv,text/plain" onChange={(event) => setFile(event.target.files?.[0])} />
        </label>
        <label>
          <span>{t('imports.year')}</span>
          <InputNumber aria-label={t('imports.year')} min={1990} max={2100} value={year} placeholder={t('imports.everyYear')} onChange={setYear} />
        </label>
        <label>
          <span>{t('imports.vintage')}</span>
          <Select aria-label={t('imports.vintage')} value={vintage} onChange={setVintage} options={['original', 'supplementary'].map((value) => ({ value, label: t(`imports.${value}`) }))} />
        </label>
      </fieldset>
      {sent !== undefined && file && <progress aria-label={t('imports.sending')} value={sent} max={file.size} />}
      {told.map((sentence) => <p key={sentence} role="alert" className="dw-job-problem">{sentence}</p>)}
      <div className="dw-job-acts">
        <Button disabled={!file || sent !== undefined} onClick={() => void go(true)}>{t('imports.try')}</Button>
        <Button type="primary" disabled={!file || sent !== undefined} onClick={() => void go(false)}>{t('imports.book')}</Button>
      </div>
      <p className="dw-quiet">{t('imports.help')}</p>
    </section>
  );
}

function Findings({ id }: { id: string }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const bring = useBring();
  const [{ data }, ask] = useQuery({ query: JobFindingsDocument, variables: { id } });
  const job: Found | null | undefined = data?.job;
  const going = job !== undefined && job !== null && underWay(job);
  useEffect(() => {
    if (!going) return;
    const clock = setInterval(() => ask({ requestPolicy: 'network-only' }), 1000);
    return () => clearInterval(clock);
  }, [going, ask]);
  const columns: Column<Found['findings'][number]>[] = [
    { name: 'row', head: t('imports.row'), width: '90px', cell: (found) => <Code of={found.row} /> },
    { name: 'column', head: t('imports.column'), width: '170px', cell: (found) => <bdi>{found.column}</bdi> },
    { name: 'message', head: t('imports.wrong'), cell: (found) => inLanguage(found.message, language) },
  ];
  if (!job) return <section className="dw-sheet dw-ruled"><RuledLines rows={4} /></section>;
  const figure = (name: string) => job.details.find((detail) => detail.name === name)?.value;
  return (
    <section className="dw-sheet dw-import dw-findings" aria-labelledby="imports-found">
      <h2 id="imports-found"><BiText text={job.title} /></h2>
      {going && <progress aria-label={t('jobs.progress')} {...(Number(job.total) > 0 ? { value: Number(job.done), max: Number(job.total) } : {})} />}
      <p role="status">
        {t(`jobs.status.${job.status}`)}
        {figure('accepted') && <> · {t('imports.accepted')} <Count of={BigInt(figure('accepted')!)} /></>}
        {figure('refused') && <> · {t('imports.refused')} <Count of={BigInt(figure('refused')!)} /></>}
      </p>
      {job.problems.map((problem) => <p key={problem.code} className="dw-job-problem">{problem.message}</p>)}
      {job.findings.length > 0 && <Table caption={t('imports.wrong')} columns={columns} rows={job.findings} rowKey={(found) => `${found.row} ${found.column} ${found.code}`} minimum="560px" />}
      {job.file && job.status === 'DONE' && <div className="dw-job-acts"><Button onClick={() => void bring(job.id)}>{t('imports.allErrors')}</Button></div>}
      {!going && job.status === 'DONE' && job.findings.length === 0 && <p>{t('imports.clean')}</p>}
    </section>
  );
}
