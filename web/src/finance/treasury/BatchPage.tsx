import { Link, useParams } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { AnswerBatchDocument, BatchDocument, DropBatchDocument, MakeBatchFileDocument, ReleaseBatchDocument, type BatchQuery } from '../../generated/graph';
import { jobBegan } from '../../jobs/use-jobs';
import { usePreferences } from '../../preferences/preferences';
import { commandId } from '../../session/command-id';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Words } from '../../value/Words';
import { useCrumbs } from '../crumbs';
import { inkOf } from '../execution/state-ink';
import { FinanceSections } from '../FinanceSections';
import { WithDocument } from '../WithDocument';
import { BatchPayments } from './BatchPayments';
import { RejectDialog } from './RejectDialog';
import './treasury.css';

const list = { to: '/finance/batches', word: 'batches' } as const;
export type Batch = NonNullable<BatchQuery['batch']>;

export function BatchPage() {
  const { id } = useParams({ from: '/finance/batches/$id' });
  return (
    <WithDocument query={BatchDocument} id={id} pick={(data) => data.batch} list={list}>
      {(batch, again, notice) => <Order key={batch.id} batch={batch} again={again} notice={notice} />}
    </WithDocument>
  );
}

/** A payment batch (دفعة صرف): its transfers with the bank's answers, and the steps of two people. */
function Order({ batch, again, notice }: { batch: Batch; again: () => void; notice: React.ReactNode }) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const [, makeFile] = useMutation(MakeBatchFileDocument);
  const [refusal, setRefusal] = useState<string>();
  const [rejecting, setRejecting] = useState<string>();
  const pays = may('finance.voucher.pay');
  const own = batch.builtBy.id === me.id;
  const sent = batch.stateCode === 'released' || batch.stateCode === 'settled';
  const open = batch.payments.filter((payment) => payment.answerCode === '');

  const file = async () => {
    const answer = await makeFile({ input: { command: commandId(), id: batch.id } });
    const act = answer.data?.makeBatchFile;
    setRefusal(answer.error ? t('state.error') : act?.problems[0]?.message);
    if (act?.job) jobBegan(act.job.id, true);
  };
  const answer = (voucher: string, told: { rejected: boolean; code?: string; reason?: string }) =>
    command.send(`answer ${voucher}`, AnswerBatchDocument, { id: batch.id, voucher, rejected: told.rejected, code: told.code || null, reason: told.reason || null });
  const answerAll = async () => {
    for (const payment of open) if ((await answer(payment.voucher, { rejected: false })).kind !== 'done') return;
  };
  const acts: PageAct[] = [];
  if (pays && batch.stateCode === 'built') {
    acts.push({ name: 'drop', label: t('batches.act.drop'), danger: true, asks: { reason: true }, run: ({ reason }) => void command.send('drop', DropBatchDocument, { id: batch.id, expected: batch.version, reason: reason ?? null }) });
    acts.push({
      name: 'release', label: t('batches.act.release'), ...(own ? { blocked: t('batches.ownStep') } : {}),
      effect: <p>{t('batches.releaseEffect', { count: batch.count, n: inFamily(String(batch.count), family) })} <Money value={batch.total} withCurrency strong /></p>,
      run: () => void command.send('release', ReleaseBatchDocument, { id: batch.id, expected: batch.version }),
    });
  }
  if (pays && sent) {
    if (open.length > 0) acts.push({ name: 'answerAll', label: t('batches.act.answerAll'), effect: <p>{t('batches.answerAllEffect', { count: open.length, n: inFamily(String(open.length), family) })}</p>, run: () => void answerAll() });
    acts.push({ name: 'file', label: t('batches.act.file'), icon: <Download className="dw-icon-small" aria-hidden="true" />, run: () => void file() });
  }
  const steps: Step[] = [
    { name: 'built', label: t('batches.step.built'), state: batch.stateCode === 'dropped' ? 'stopped' : 'done', by: batch.builtBy },
    { name: 'released', label: t('batches.step.released'), state: sent ? 'done' : batch.stateCode === 'built' ? 'now' : 'later', by: batch.releasedBy, post: t('role.treasury') },
    { name: 'settled', label: t('batches.step.settled'), state: batch.stateCode === 'settled' ? 'done' : batch.stateCode === 'released' ? 'now' : 'later', post: t('batches.bank') },
  ];
  const title = t('batches.title', { number: inFamily(batch.number, family) });
  return (
    <DocumentPage
      title={title}
      crumbs={useCrumbs(list, <Ref key="this" number={batch.number} />)}
      beside={<Tag ink={inkOf(batch.stateCode)}><BiText text={batch.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<>{notice}{refusal && <p className="dw-strip" role="alert">{refusal}</p>}<OutcomeNotice command={command} reread={again} /></>}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('list.number'), value: <Ref number={batch.number} copies /> },
              { label: t('list.date'), value: <DateText day={batch.date} form="prose" /> },
              { label: t('batches.payOn'), value: <DateText day={batch.payOn} form="prose" /> },
              { label: t('lines.total'), value: <Money value={batch.total} withCurrency strong /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined && act.name === 'release')} />
          <Timeline events={batch.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('batches.treasury')}</dt><dd><Link to="/finance/accounts"><BiText text={batch.treasuryName} /></Link></dd></div>
          {sent && <div><dt>{t('batches.answers')}</dt><dd>{t('batches.answeredOf', { n: inFamily(String(batch.answered), family), of: inFamily(String(batch.count), family) })}</dd></div>}
          {batch.form && <div><dt>{t('batches.form')}</dt><dd><bdi dir="ltr">{batch.form}</bdi></dd></div>}
          {batch.reason && <div className="dw-wide"><dt>{t('acts.reason')}</dt><dd><Words of={batch.reason} /></dd></div>}
          {batch.file && <div className="dw-wide"><dt>{t('batches.hash')}</dt><dd><bdi dir="ltr" className="dw-hash">{batch.file}</bdi></dd></div>}
        </dl>
        <BatchPayments batch={batch} answers={pays && sent} acting={command.acting} carriedOut={(voucher) => void answer(voucher, { rejected: false })} sentBack={setRejecting} />
        <p className="dw-in-words" lang="ar" dir="rtl">{batch.inWords}</p>
      </section>
      {rejecting && (
        <RejectDialog
          payment={batch.payments.find((payment) => payment.voucher === rejecting)!}
          leave={() => setRejecting(undefined)}
          done={(told) => {
            setRejecting(undefined);
            void answer(rejecting, { rejected: true, ...told });
          }}
        />
      )}
    </DocumentPage>
  );
}
