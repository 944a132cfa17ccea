import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import type { Cells } from '../../archetype/grid/model';
import { MarginFacts } from '../../archetype/document/Margin';
import { CommitmentDocument, CommitmentsDocument, RegisterInvoiceDocument } from '../../generated/graph';
import { BiText } from '../../value/BiText';
import { DateInput } from '../../value/DateInput';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { emptyLines, LinesEntry, linesInput, problemsByRow } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';

interface Written {
  commitment: string;
  number: string;
  date: string;
  receivedOn: string;
  dueOn: string;
  narration: string;
  lines: Cells;
}

/** A claim (مطالبة): a supplier's invoice, on the commitment it uses. */
export function RegisterClaimPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { commitment: from } = useSearch({ from: '/finance/claims/new' });
  const command = useCommand();
  const { year, today, problems } = useForm(command);
  const empty = useMemo<Written>(() => ({ commitment: from ?? '', number: '', date: '', receivedOn: today, dueOn: '', narration: '', lines: emptyLines }), [from, today]);
  const draft = useDraft<Written>(`claim.${from ?? year}`, empty);
  const { value, change } = draft;
  const set = (part: Partial<Written>) => change({ ...value, ...part });
  const [{ data: open }] = useQuery({ query: CommitmentsDocument, variables: { year, state: 'open', first: 500 }, pause: from !== undefined });
  const [{ data }] = useQuery({ query: CommitmentDocument, variables: { id: value.commitment }, pause: value.commitment === '' });
  const commitment = value.commitment === '' ? undefined : data?.commitment;
  const bare = value.lines.every((row) => row.every((cell) => cell === ''));
  useEffect(() => {
    if (commitment && commitment.id === value.commitment && bare) change({ ...value, lines: commitment.lines.map((line) => [line.key, '']) });
  }, [commitment, bare, value, change]);

  const send = async () => {
    const outcome = await command.send('register', RegisterInvoiceDocument, {
      commitment: value.commitment, payee: commitment?.payee?.id ?? '', number: value.number, date: value.date,
      receivedOn: value.receivedOn || null, dueOn: value.dueOn || null, narration: value.narration || null,
      lines: linesInput(value.lines, currency).filter((line) => line.amount !== ''),
    });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/claims/$id', params: { id: outcome.answer.id } });
  };
  const date = (name: 'date' | 'receivedOn' | 'dueOn', label: string, most?: string) => (
    <div className="dw-field">
      <DateInput name={name} label={label} value={value[name]} most={most} invalid={problemAt(problems, name) !== undefined} onChange={(day) => set({ [name]: day })} />
      {problemAt(problems, name) && <span className="dw-field-refusal" role="alert">{problemAt(problems, name)}</span>}
    </div>
  );
  return (
    <FormPage
      title={t('claims.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/claims">{t('finance.claims')}</Link>, t('claims.new')]}
      act={t('claims.act.register')}
      send={() => void send()}
      command={command}
      draft={draft}
      margin={commitment && (
        <MarginFacts
          facts={[
            { label: t('kind.commitment'), value: <Link to="/finance/commitments/$id" params={{ id: commitment.id }}><Ref number={commitment.number} /></Link> },
            ...(commitment.payee ? [{ label: t('list.payee'), value: <BiText text={commitment.payee.name} /> }] : []),
            { label: t('commitments.total'), value: <Money value={commitment.total} /> },
            { label: t('commitments.outstanding'), value: <Money value={commitment.outstanding} strong /> },
          ]}
        />
      )}
    >
      <div className="dw-form-fields">
        {from === undefined && (
          <Field name="commitment" label={t('kind.commitment')} problem={problemAt(problems, 'commitment')} wide>
            <Select
              id="commitment"
              showSearch={{ optionFilterProp: 'label' }}
              value={value.commitment || null}
              placeholder={t('form.choose')}
              options={(open?.commitments.nodes ?? []).map((one) => ({ value: one.id, label: `${one.number} · ${one.subject}` }))}
              onChange={(chosen) => change({ ...value, commitment: chosen, lines: emptyLines })}
            />
          </Field>
        )}
        <Field name="number" label={t('claims.number')} hint={t('claims.numberHint')} problem={problemAt(problems, 'number')}>
          <Input id="number" name="number" dir="ltr" autoFocus={from !== undefined} maxLength={40} value={value.number} onChange={(event) => set({ number: event.target.value })} />
        </Field>
        {date('date', t('claims.date'), today)}
        {date('receivedOn', t('claims.receivedOn'), today)}
        {date('dueOn', t('claims.dueOn'))}
        <Field name="narration" label={t('claims.narration')} problem={problemAt(problems, 'narration')} wide>
          <Input id="narration" name="narration" maxLength={500} value={value.narration} onChange={(event) => set({ narration: event.target.value })} />
        </Field>
      </div>
      <h2>{t('lines.title')}</h2>
      <LinesEntry caption={t('lines.title')} cells={value.lines} change={(lines) => set({ lines })} currency={currency} problems={problemsByRow(problems, value.lines)} />
    </FormPage>
  );
}
