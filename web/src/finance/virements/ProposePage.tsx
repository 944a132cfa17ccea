import { Link, useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import type { Cells } from '../../archetype/grid/model';
import { ProposeVirementDocument } from '../../generated/graph';
import { fromMinor, minorUnits, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { HoldersOf } from '../lines/HoldersOf';
import { LinesEntry, linesInput, problemsByRow, sumOf } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';
import { BeforeAfter, type Moved } from './BeforeAfter';

interface Written {
  reason: string;
  out: Cells;
  into: Cells;
}

const empty: Written = { reason: '', out: [['', '']], into: [['', '']] };

const moves = (cells: Cells, sign: 1n | -1n): Moved[] =>
  cells.flatMap((row): Moved[] => {
    const read = readAmount(row[1] ?? '', currency);
    return row[0] ? [{ key: row[0], amount: 'value' in read ? fromMinor(sign * minorUnits(read.value), currency) : fromMinor(0n, currency) }] : [];
  });

/** A virement being proposed: out of which lines, into which, and what every line will then have. */
export function ProposePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { year, problems } = useForm(command);
  const draft = useDraft<Written>(`virement.${year}`, empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const out = sumOf(value.out, 1, currency);
  const into = sumOf(value.into, 1, currency);
  const all = [...moves(value.out, -1n), ...moves(value.into, 1n)];

  const send = async () => {
    const going = linesInput(value.out, currency).map((line) => ({ ...line, amount: line.amount.startsWith('-') ? line.amount : `-${line.amount}` }));
    const outcome = await command.send('propose', ProposeVirementDocument, { year, reason: value.reason, lines: [...going, ...linesInput(value.into, currency)] });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/virements/$id', params: { id: outcome.answer.id } });
  };
  const sent = linesInput(value.out, currency).length;
  const outProblems = problemsByRow(problems.filter((problem) => Number(/^lines\.(\d+)/.exec(problem.path ?? '')?.[1] ?? 0) < sent), value.out);
  const intoProblems = problemsByRow(problems.map((problem) => ({ ...problem, path: problem.path?.replace(/^lines\.(\d+)/, (_, at: string) => `lines.${Number(at) - sent}`) ?? null })), value.into);
  return (
    <FormPage
      title={t('virements.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/virements">{t('finance.virements')}</Link>, t('virements.new')]}
      act={t('virements.act.propose')}
      send={() => void send()}
      command={command}
      draft={draft}
      next={(problem) => <HoldersOf problem={problem} year={year} />}
    >
      <div className="dw-form-fields">
        <Field name="reason" label={t('virements.reason')} problem={problemAt(problems, 'reason')} wide>
          <Input id="reason" name="reason" autoFocus maxLength={500} value={value.reason} onChange={(event) => set({ reason: event.target.value })} />
        </Field>
      </div>
      <h2>{t('virements.out')}</h2>
      <LinesEntry caption={t('virements.out')} cells={value.out} change={(cells) => set({ out: cells })} currency={currency} problems={outProblems} />
      <h2>{t('virements.into')}</h2>
      <LinesEntry caption={t('virements.into')} cells={value.into} change={(cells) => set({ into: cells })} currency={currency} problems={intoProblems} />
      {all.length > 0 && (
        <>
          <h2>{t('virements.effect')}</h2>
          <BeforeAfter year={year} moves={all} />
        </>
      )}
      {out !== into && (out > 0n || into > 0n) && <p className="dw-low">{t('virements.unequal')} <Money value={fromMinor(out - into, currency)} /></p>}
    </FormPage>
  );
}
