import { Link, useNavigate } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import type { Cells } from '../../archetype/grid/model';
import { DraftOrderDocument, type OrderKind } from '../../generated/graph';
import { toLatin } from '../../value/digits';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { LinesEntry, linesInput, problemsByRow } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';
import { readMonths } from './months';

interface Written {
  kind: OrderKind;
  subject: string;
  /** Key, months, amount. */
  lines: Cells;
}

const empty: Written = { kind: 'GENERAL', subject: '', lines: [['', '', '']] };

/** A financial order (أمر مالي) being drafted: which lines get how much for which months. */
export function DraftOrderPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { year, problems } = useForm(command);
  const draft = useDraft<Written>(`order.${year}`, empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const send = async () => {
    const rows = value.lines.filter((row) => row.some((cell) => cell !== ''));
    const lines = linesInput(value.lines, currency).map((line, at) => ({ ...line, months: readMonths(rows[at]![1]!) ?? [] }));
    const outcome = await command.send('draft', DraftOrderDocument, { year, kind: value.kind, subject: value.subject, lines });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/orders/$id', params: { id: outcome.answer.id } });
  };
  return (
    <FormPage
      title={t('orders.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/orders">{t('finance.orders')}</Link>, t('orders.new')]}
      act={t('orders.act.draft')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <div className="dw-field">
          <span className="dw-field-label">{t('orders.kind')}</span>
          <Segmented<OrderKind> aria-label={t('orders.kind')} value={value.kind} options={(['GENERAL', 'SPECIAL'] as const).map((kind) => ({ value: kind, label: t(`orders.kinds.${kind}`) }))} onChange={(kind) => set({ kind })} />
        </div>
        <Field name="subject" label={t('orders.subject')} problem={problemAt(problems, 'subject')} wide>
          <Input id="subject" name="subject" autoFocus maxLength={300} value={value.subject} onChange={(event) => set({ subject: event.target.value })} />
        </Field>
      </div>
      <h2>{t('orders.allotments')}</h2>
      <LinesEntry
        caption={t('orders.allotments')}
        cells={value.lines}
        change={(lines) => set({ lines })}
        currency={currency}
        problems={problemsByRow(problems, value.lines)}
        between={{ name: 'months', head: t('orders.months'), width: 'minmax(110px, .7fr)', refuse: (text) => (readMonths(toLatin(text)) ? undefined : t('orders.monthsWrong')), shown: (text) => <bdi dir="ltr">{text}</bdi> }}
      />
      <p className="dw-quiet">{t('orders.monthsHint')}</p>
    </FormPage>
  );
}
