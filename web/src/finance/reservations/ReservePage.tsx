import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../archetype/draft';
import type { Cells } from '../../archetype/grid/model';
import { useCommand } from '../../archetype/act/use-command';
import { ReserveFundsDocument } from '../../generated/graph';
import { DateInput } from '../../value/DateInput';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { HoldersOf } from '../lines/HoldersOf';
import { emptyLines, LinesEntry, linesInput, problemsByRow } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';

interface Written {
  subject: string;
  expires: string;
  lines: Cells;
}

const empty: Written = { subject: '', expires: '', lines: emptyLines };

/** A reservation (حجز): money held for a purchase in preparation, until a day. */
export function ReservePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { key } = useSearch({ from: '/finance/reservations/new' });
  const command = useCommand();
  const { year, today, problems } = useForm(command);
  const draft = useDraft<Written>(`reserve.${year}`, key ? { ...empty, lines: [[key, '']] } : empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });

  const send = async () => {
    const outcome = await command.send('reserve', ReserveFundsDocument, { year, subject: value.subject, expires: value.expires, lines: linesInput(value.lines, currency) });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/reservations/$id', params: { id: outcome.answer.id } });
  };
  return (
    <FormPage
      title={t('reservations.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/reservations">{t('finance.reservations')}</Link>, t('reservations.new')]}
      act={t('reservations.act.reserve')}
      send={() => void send()}
      command={command}
      draft={draft}
      next={(problem) => <HoldersOf problem={problem} year={year} />}
    >
      <div className="dw-form-fields">
        <Field name="subject" label={t('reservations.subject')} problem={problemAt(problems, 'subject')} wide>
          <Input id="subject" name="subject" autoFocus maxLength={300} value={value.subject} onChange={(event) => set({ subject: event.target.value })} />
        </Field>
        <div className="dw-field">
          <DateInput name="expires" label={t('reservations.expires')} value={value.expires} least={today} most={`${year}-12-31`} invalid={problemAt(problems, 'expires') !== undefined} onChange={(expires) => set({ expires })} />
          {problemAt(problems, 'expires') && <span className="dw-field-refusal" role="alert">{problemAt(problems, 'expires')}</span>}
        </div>
      </div>
      <h2>{t('lines.title')}</h2>
      <LinesEntry caption={t('lines.title')} cells={value.lines} change={(lines) => set({ lines })} currency={currency} problems={problemsByRow(problems, value.lines)} availability="now" />
    </FormPage>
  );
}
