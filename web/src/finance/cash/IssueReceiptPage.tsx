import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { EntryGrid, type EntryColumn } from '../../archetype/grid/EntryGrid';
import type { Cells } from '../../archetype/grid/model';
import { IssueReceiptDocument, type PaidBy } from '../../generated/graph';
import { fromMinor, minorUnits, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { amountInWords } from '../../value/tafqit';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { problemsByRow, sumOf } from '../lines/LinesEntry';
import { currency, useForm } from '../use-form';

interface Written {
  payer: string;
  how: PaidBy;
  cheque: string;
  /** Account, text, amount. */
  lines: Cells;
}

const empty: Written = { payer: '', how: 'CASH', cheque: '', lines: [['', '', '']] };

/** A receipt (مستند قبض) being written at the counter: who pays, how, and for which revenues. */
export function IssueReceiptPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { book } = useSearch({ from: '/finance/receipts/new' });
  const command = useCommand();
  const { problems } = useForm(command);
  const draft = useDraft<Written>(`receipt.${book ?? ''}`, empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const total = fromMinor(sumOf(value.lines, 2, currency), currency);
  const send = async () => {
    const lines = value.lines.filter((row) => row.some((cell) => cell !== '')).map(([item = '', text = '', amount = '']) => {
      const read = readAmount(amount, currency);
      return { item, text: text || null, amount: 'value' in read ? read.value.amount : amount };
    });
    const outcome = await command.send('issue', IssueReceiptDocument, { book: book ?? '', payer: value.payer || null, how: value.how, cheque: value.how === 'CHEQUE' ? value.cheque : null, lines });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/receipts/$id', params: { id: outcome.answer.id } });
  };
  const columns: EntryColumn[] = [
    { name: 'item', head: t('trial.account'), width: 'minmax(140px, 1fr)', refuse: (text) => (/^\d{3,12}$/.test(text) ? undefined : t('journals.combinationWrong')), shown: (text) => <bdi dir="ltr">{text}</bdi> },
    { name: 'text', head: t('vouchers.narration'), width: 'minmax(200px, 2fr)' },
    {
      name: 'amount', head: t('lines.amount'), width: 'minmax(130px, 1fr)', currency,
      refuse: (text) => {
        const read = readAmount(text, currency);
        return 'refusal' in read ? t(`amount.${read.refusal}`, { decimals: 3 }) : minorUnits(read.value) <= 0n ? t('amount.notPositive') : undefined;
      },
    },
  ];
  return (
    <FormPage
      title={t('receipts.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/receipts">{t('finance.receipts')}</Link>, t('receipts.new')]}
      act={t('receipts.act.issue')}
      send={() => void send()}
      command={command}
      draft={draft}
    >
      <div className="dw-form-fields">
        <Field name="payer" label={t('receipts.payer')} problem={problemAt(problems, 'payer')} wide>
          <Input id="payer" name="payer" autoFocus maxLength={200} value={value.payer} onChange={(event) => set({ payer: event.target.value })} />
        </Field>
        <div className="dw-field">
          <span className="dw-field-label">{t('receipts.how')}</span>
          <Segmented<PaidBy> aria-label={t('receipts.how')} value={value.how} options={(['CASH', 'CHEQUE'] as const).map((how) => ({ value: how, label: t(`receipts.paidBy.${how}`) }))} onChange={(how) => set({ how })} />
        </div>
        {value.how === 'CHEQUE' && <Field name="cheque" label={t('receipts.cheque')} problem={problemAt(problems, 'cheque')}><Input id="cheque" name="cheque" dir="ltr" maxLength={35} value={value.cheque} onChange={(event) => set({ cheque: event.target.value })} /></Field>}
      </div>
      <h2>{t('receipts.revenues')}</h2>
      <EntryGrid caption={t('receipts.revenues')} columns={columns} cells={value.lines} change={(lines) => set({ lines })} problems={problemsByRow(problems, value.lines)} total={<>{t('lines.total')} <Money value={total} /></>} />
      {minorUnits(total) > 0n && <p className="dw-in-words" lang="ar" dir="rtl">{amountInWords(total)}</p>}
    </FormPage>
  );
}
