import { Modal, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { BeginUploadDocument, ImportStatementDocument, JobFindingsDocument, TreasuryAccountsDocument, UploadStateDocument } from '../../generated/graph';
import { sendFile } from '../../house/send';
import { jobBegan, underWay } from '../../jobs/use-jobs';
import { usePreferences } from '../../preferences/preferences';
import { commandId } from '../../session/command-id';
import { inLanguage } from '../../value/BiText';
import { Count } from '../../value/Count';
import { Field } from '../Field';

/** Diwan's own headers of a bank's table; other headers are described in a profile over the API. */
const headers = { booked: 'booked', amount: 'amount', balance: 'balance', reference: 'reference', endToEnd: 'end_to_end', name: 'name', text: 'text' };

/** A bank's file is sent and taken as a job; what became of each statement is told here. */
export function SendStatement({ leave }: { leave: () => void }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const client = useClient();
  const [file, setFile] = useState<File>();
  const [treasury, setTreasury] = useState<string>();
  const [sent, setSent] = useState<number>();
  const [told, setTold] = useState<readonly string[]>([]);
  const [began, setBegan] = useState<string>();
  const [{ data: known }] = useQuery({ query: TreasuryAccountsDocument, variables: { first: 100 } });
  const [{ data: found }, look] = useQuery({ query: JobFindingsDocument, variables: { id: began ?? '' }, pause: began === undefined });
  const accounts = known?.treasuryAccounts.nodes ?? [];
  const account = accounts.find((one) => one.id === treasury) ?? accounts.at(-1);
  const table = file?.name.toLowerCase().endsWith('.csv') === true;
  const job = began === undefined ? undefined : found?.job;
  const going = began !== undefined && (!job || underWay(job));
  useEffect(() => {
    if (!going || began === undefined) return;
    const clock = setInterval(() => look({ requestPolicy: 'network-only' }), 700);
    return () => clearInterval(clock);
  }, [going, began, look]);

  const go = async () => {
    if (!file) return;
    setTold([]);
    try {
      const answer = await client.mutation(BeginUploadDocument, { input: { purpose: 'finance.statement', name: file.name, size: String(file.size), type: file.type || 'text/plain', sha256: null } }).toPromise();
      const upload = answer.data?.beginUpload;
      if (!upload?.upload?.url) return setTold(upload?.problems.map((problem) => problem.message) ?? [t('state.error')]);
      await sendFile(upload.upload.url, file, setSent);
      const after = await client.query(UploadStateDocument, { id: upload.upload.id }, { requestPolicy: 'network-only' }).toPromise();
      if (after.data?.upload?.state !== 'KEPT') return setTold(after.data?.upload?.problems.map((problem) => problem.message) ?? [t('state.error')]);
      const profile = table && account ? JSON.stringify({ ...headers, account: account.iban, currency: account.currency }) : null;
      const taken = await client.mutation(ImportStatementDocument, { input: { command: commandId(), upload: upload.upload.id, profile } }).toPromise();
      const act = taken.data?.importStatement;
      if (!act?.job) return setTold(act?.problems.map((problem) => problem.message) ?? [t('state.error')]);
      setBegan(act.job.id);
      jobBegan(act.job.id, false);
    } catch {
      setTold([t('imports.broken')]);
    } finally {
      setSent(undefined);
    }
  };
  const figure = (name: string) => BigInt(job?.details.find((detail) => detail.name === name)?.value ?? '0');
  const done = job !== undefined && job !== null && !underWay(job);
  return (
    <Modal open title={t('statements.new')} okText={done ? t('statements.close') : t('statements.take')} cancelText={t('acts.leave')} okButtonProps={{ disabled: !file }} confirmLoading={sent !== undefined || going} onOk={() => (done ? leave() : void go())} onCancel={leave} destroyOnHidden>
      {began === undefined && (
        <>
          <p className="dw-quiet">{t('statements.forms')}</p>
          <Field name="statement-file" label={t('statements.file')}><input id="statement-file" type="file" accept=".xml,.sta,.mt940,.940,.txt,.csv,text/xml,text/plain,text/csv" onChange={(event) => setFile(event.target.files?.[0])} /></Field>
          {table && (
            <Field name="statement-account" label={t('accounts.account')} hint={t('statements.headers', { headers: Object.values(headers).join(', ') })}>
              <Select id="statement-account" value={account?.id ?? null} options={accounts.map((one) => ({ value: one.id, label: inLanguage(one.name, language) }))} onChange={setTreasury} />
            </Field>
          )}
        </>
      )}
      {sent !== undefined && file && <progress aria-label={t('imports.sending')} value={sent} max={file.size} />}
      {told.map((sentence) => <p key={sentence} role="alert" className="dw-job-problem">{sentence}</p>)}
      {going && <progress aria-label={t('jobs.progress')} />}
      {done && (
        <div role="status" className="dw-taken">
          {job.problems.map((problem) => <p key={problem.code} className="dw-job-problem">{problem.message}</p>)}
          {job.problems.length === 0 && (
            <dl className="dw-facts">
              <div><dt>{t('statements.found')}</dt><dd><Count of={figure('statements')} /></dd></div>
              <div><dt>{t('statements.newLines')}</dt><dd><Count of={figure('lines')} /></dd></div>
              <div><dt>{t('statements.autoLines')}</dt><dd><Count of={figure('matched')} /></dd></div>
              <div><dt>{t('statements.quarantined')}</dt><dd><Count of={figure('quarantined')} /></dd></div>
            </dl>
          )}
          {job.findings.map((finding) => <p key={`${finding.row} ${finding.code}`} className="dw-low">{inLanguage(finding.message, language)}</p>)}
        </div>
      )}
    </Modal>
  );
}
