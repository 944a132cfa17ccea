import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { EntryGrid, type EntryColumn } from '../../archetype/grid/EntryGrid';
import type { Cells } from '../../archetype/grid/model';
import { useQuery } from 'urql';
import { DraftJournalDocument, JournalDocument, type EntryLineInput } from '../../generated/graph';
import { DateInput } from '../../value/DateInput';
import { toLatin } from '../../value/digits';
import { fromMinor, minorUnits, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { Words } from '../../value/Words';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { problemsByRow, sumOf } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';
import { readCodes } from './codes';

interface Written {
  narration: string;
  on: string;
  /** Combination, debit, credit. */
  lines: Cells;
}

const empty: Written = { narration: '', on: '', lines: [['', '', ''], ['', '', '']] };

/** A manual entry (مستند قيد) being written: at least two sides, debit equal to credit before it can be submitted. */
export function DraftJournalPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { draft: id } = useSearch({ from: '/finance/journals/new' });
  const command = useCommand();
  const { year, today, problems } = useForm(command);
  const draft = useDraft<Written>(`journal.${id ?? year}`, empty);
  const [submit, setSubmit] = useState(true);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const [{ data }] = useQuery({ query: JournalDocument, variables: { id: id ?? '' }, pause: id === undefined });

  const debit = sumOf(value.lines, 1, currency);
  const credit = sumOf(value.lines, 2, currency);
  const amount = (text: string): string | null => {
    const read = readAmount(text, currency);
    return 'value' in read ? read.value.amount : text === '' ? null : toLatin(text);
  };
  const send = async () => {
    const lines: EntryLineInput[] = value.lines.filter((row) => row.some((cell) => cell !== '')).map((row) => ({ codes: readCodes(row[0]!) ?? {}, debit: amount(row[1]!), credit: amount(row[2]!) }));
    const outcome = await command.send('draft', DraftJournalDocument, { ...(id ? { id, expected: data?.journal?.version ?? null } : {}), narration: value.narration, on: value.on || null, lines, submit });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/journals/$id', params: { id: outcome.answer.id } });
  };
  const refuse = (text: string) => {
    const read = readAmount(text, currency);
    return 'refusal' in read ? t(`amount.${read.refusal}`, { decimals: 3 }) : minorUnits(read.value) <= 0n ? t('amount.notPositive') : undefined;
  };
  const columns: EntryColumn[] = [
    { name: 'codes', head: t('ledger.combination'), width: 'minmax(260px, 2fr)', refuse: (text) => (readCodes(text) ? undefined : t('journals.combinationWrong')), shown: (text) => <bdi dir="ltr">{text}</bdi> },
    { name: 'debit', head: t('trial.debit'), width: 'minmax(130px, 1fr)', currency, refuse },
    { name: 'credit', head: t('trial.credit'), width: 'minmax(130px, 1fr)', currency, refuse },
  ];
  return (
    <FormPage
      title={t('journals.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/journals">{t('finance.journals')}</Link>, t('journals.new')]}
      act={t(submit ? 'journals.act.draftAndSubmit' : 'journals.act.draft')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <Field name="narration" label={t('ledger.narration')} problem={problemAt(problems, 'narration')} wide>
          <Input id="narration" name="narration" autoFocus maxLength={500} value={value.narration} onChange={(event) => set({ narration: event.target.value })} />
        </Field>
        <div className="dw-field">
          <DateInput name="on" label={t('list.date')} value={value.on} most={today} onChange={(on) => set({ on })} />
        </div>
        <div className="dw-field"><Checkbox checked={submit} onChange={(event) => setSubmit(event.target.checked)}>{t('journals.submitToo')}</Checkbox></div>
      </div>
      <h2>{t('journals.sides')}</h2>
      <EntryGrid
        caption={t('journals.sides')}
        columns={columns}
        cells={value.lines}
        change={(lines) => set({ lines })}
        problems={problemsByRow(problems, value.lines)}
        total={
          <>
            {t('trial.debit')} <Money value={fromMinor(debit, currency)} /> · {t('trial.credit')} <Money value={fromMinor(credit, currency)} />
            {debit !== credit && <span className="dw-low"> · {t('journals.difference')} <Money value={fromMinor(debit - credit, currency)} /></span>}
          </>
        }
      />
      <p className="dw-quiet"><Words of={t('journals.combinationHint')} /></p>
    </FormPage>
  );
}
