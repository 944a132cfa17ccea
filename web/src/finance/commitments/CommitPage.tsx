import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import type { Cells } from '../../archetype/grid/model';
import { MarginFacts } from '../../archetype/document/Margin';
import { RecordCommitmentDocument, ReservationDocument } from '../../generated/graph';
import { DateText } from '../../value/DateText';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { HoldersOf } from '../lines/HoldersOf';
import { emptyLines, LinesEntry, linesInput, problemsByRow } from '../lines/LinesEntry';
import { usePayeeChoices } from '../payees/use-payees';
import { currency, useForm } from '../use-form';

interface Written {
  subject: string;
  payee: string;
  reference: string;
  lines: Cells;
}

const empty: Written = { subject: '', payee: '', reference: '', lines: emptyLines };

/** A commitment (التزام): money bound to a contract or an order, from a reservation or from what is free. */
export function CommitPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { reservation: from } = useSearch({ from: '/finance/commitments/new' });
  const command = useCommand();
  const { year, problems } = useForm(command);
  const draft = useDraft<Written>(`commit.${from ?? year}`, empty);
  const { value, change } = draft;
  const set = (part: Partial<Written>) => change({ ...value, ...part });
  const payees = usePayeeChoices();
  const [{ data }] = useQuery({ query: ReservationDocument, variables: { id: from ?? '' }, pause: from === undefined });
  const reservation = data?.reservation;

  // What the reservation says is the beginning of what is written; nothing that was typed is overwritten.
  const untouched = value === empty;
  useEffect(() => {
    if (reservation && untouched) change({ ...empty, subject: reservation.subject, lines: reservation.lines.map((line) => [line.key, line.amount.amount]) });
  }, [reservation, untouched, change]);

  const send = async () => {
    const outcome = await command.send('commit', RecordCommitmentDocument, {
      year, subject: value.subject, lines: linesInput(value.lines, currency),
      ...(value.payee ? { payee: value.payee } : {}), ...(value.reference ? { reference: value.reference } : {}), ...(from ? { reservation: from } : {}),
    });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/commitments/$id', params: { id: outcome.answer.id } });
  };
  return (
    <FormPage
      title={t('commitments.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/commitments">{t('finance.commitments')}</Link>, t('commitments.new')]}
      act={t('commitments.act.commit')}
      send={() => void send()}
      command={command}
      draft={draft}
      next={(problem) => <HoldersOf problem={problem} year={year} />}
      margin={reservation && (
        <MarginFacts
          facts={[
            { label: t('kind.reservation'), value: <Link to="/finance/reservations/$id" params={{ id: reservation.id }}><Ref number={reservation.number} /></Link> },
            { label: t('reservations.holds'), value: <Money value={reservation.total} strong /> },
            { label: t('reservations.expires'), value: <DateText day={reservation.expires} /> },
          ]}
        />
      )}
    >
      <div className="dw-form-fields">
        <Field name="subject" label={t('commitments.subject')} problem={problemAt(problems, 'subject')} wide>
          <Input id="subject" name="subject" autoFocus maxLength={300} value={value.subject} onChange={(event) => set({ subject: event.target.value })} />
        </Field>
        <Field name="payee" label={t('list.payee')} problem={problemAt(problems, 'payee')}>
          <Select id="payee" showSearch={{ optionFilterProp: 'label' }} allowClear value={value.payee || null} placeholder={t('form.choose')} options={payees} onChange={(payee) => set({ payee: payee ?? '' })} />
        </Field>
        <Field name="reference" label={t('commitments.reference')} hint={t('commitments.referenceHint')} problem={problemAt(problems, 'reference')}>
          <Input id="reference" name="reference" dir="ltr" maxLength={60} value={value.reference} onChange={(event) => set({ reference: event.target.value })} />
        </Field>
      </div>
      <h2>{t('commitments.slices')}</h2>
      <LinesEntry caption={t('commitments.slices')} cells={value.lines} change={(lines) => set({ lines })} currency={currency} problems={problemsByRow(problems, value.lines)} {...(from ? {} : { availability: 'now' as const })} />
      {from && <p className="dw-quiet">{t('commitments.fromReservation')}</p>}
    </FormPage>
  );
}
