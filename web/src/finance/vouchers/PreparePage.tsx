import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Select } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ConflictMerge } from '../../archetype/act/ConflictMerge';
import type { MergeField } from '../../archetype/act/merge';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { MarginFacts } from '../../archetype/document/Margin';
import type { Cells } from '../../archetype/grid/model';
import { InvoiceDocument, InvoicesDocument, PayingRulesDocument, PrepareVoucherDocument, ReviseVoucherDocument, VoucherDocument } from '../../generated/graph';
import { BiText, inLanguage } from '../../value/BiText';
import { usePreferences } from '../../preferences/preferences';
import { DateText } from '../../value/DateText';
import { fromMinor, minorUnits, readAmount } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { amountInWords } from '../../value/tafqit';
import { AmountInput, typedAmount } from '../../value/AmountInput';
import { DocumentLines } from '../DocumentLines';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { emptyLines, LinesEntry, linesInput, problemsByRow, sumOf } from '../lines/LinesEntry';
import { usePayeeChoices } from '../payees/use-payees';
import { currency, useForm } from '../use-form';

interface Written {
  /** The voucher as it was when writing began, for whoever writes over somebody else. */
  base?: { version: string; narration: string; deductions: Readonly<Record<string, string>> };
  claim: string;
  /** Of a direct charge. */
  payee: string;
  lines: Cells;
  /** Text by the code of the deduction. */
  deductions: Readonly<Record<string, string>>;
  narration: string;
}

/** Preparing a voucher: for a verified claim, as a direct charge, or again after it was returned; gross to net while typing. */
export function PreparePage() {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const { claim: from, revise } = useSearch({ from: '/finance/vouchers/new' });
  const command = useCommand();
  const { year, problems } = useForm(command);
  const empty = useMemo<Written>(() => ({ claim: from ?? '', payee: '', lines: emptyLines, deductions: {}, narration: '' }), [from]);
  const draft = useDraft<Written>(`voucher.${revise ?? from ?? year}`, empty);
  const { value, change } = draft;
  const set = (part: Partial<Written>) => change({ ...value, ...part });

  const [{ data: returned }, readAgain] = useQuery({ query: VoucherDocument, variables: { id: revise ?? '' }, pause: revise === undefined });
  const before = returned?.voucher;
  const claimId = before?.invoice ?? value.claim;
  const [{ data }] = useQuery({ query: InvoiceDocument, variables: { id: claimId }, pause: claimId === '' });
  const claim = claimId === '' ? undefined : data?.invoice;
  const [{ data: waiting }] = useQuery({ query: InvoicesDocument, variables: { year, state: 'verified', first: 200 }, pause: from !== undefined || revise !== undefined });
  const [{ data: policy }] = useQuery({ query: PayingRulesDocument, variables: {} });
  const rules = policy?.payingRules;
  const payees = usePayeeChoices(from === undefined && revise === undefined);
  const direct = claimId === '';

  const untouched = value === empty;
  useEffect(() => {
    if (before && untouched) {
      const deductions = Object.fromEntries(before.deductions.map((deduction) => [deduction.code, deduction.amount.amount]));
      change({
        ...empty,
        base: { version: before.version, narration: before.narration, deductions },
        narration: before.narration,
        deductions,
        lines: before.kind === 'DIRECT' ? before.lines.map((line) => [line.key, line.amount.amount]) : emptyLines,
      });
    }
  }, [before, untouched, empty, change]);

  const gross = direct ? sumOf(value.lines, 1, currency) : claim ? minorUnits(claim.total) : 0n;
  const kept = Object.values(value.deductions).reduce((sum, text) => {
    const read = readAmount(text, currency);
    return sum + ('value' in read ? minorUnits(read.value) : 0n);
  }, 0n);
  const net = gross - kept;
  const deductions = Object.entries(value.deductions).filter(([, text]) => text.trim() !== '').map(([code, text]) => {
    const read = readAmount(text, currency);
    return { code, amount: 'value' in read ? read.value.amount : text };
  });
  const order = Object.entries(value.deductions).filter(([, text]) => text.trim() !== '').map(([code]) => code);

  const send = async () => {
    const lines = direct ? linesInput(value.lines, currency) : null;
    const narration = value.narration || null;
    const outcome = before
      ? await command.send('revise', ReviseVoucherDocument, { id: before.id, expected: value.base?.version ?? before.version, lines, deductions, narration })
      : await command.send('prepare', PrepareVoucherDocument, direct ? { payee: value.payee || null, year, lines, deductions, narration } : { invoice: claimId, deductions, narration });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/vouchers/$id', params: { id: outcome.answer.id } });
  };

  // Somebody else has changed the voucher meanwhile: their fields beside these, merged, then sent on their version.
  const theirs = before && Object.fromEntries(before.deductions.map((deduction) => [deduction.code, deduction.amount.amount]));
  const moved = before && value.base && before.version !== value.base.version;
  const fields: MergeField[] = moved
    ? [
        { name: 'narration', label: t('vouchers.narration'), was: value.base!.narration, theirs: before.narration, yours: value.narration },
        ...(rules?.deductions ?? []).map((rule) => ({ name: rule.code, label: inLanguage(rule.name, language), was: value.base!.deductions[rule.code] ?? '', theirs: theirs?.[rule.code] ?? '', yours: value.deductions[rule.code] ?? '' })),
      ]
    : [];
  const accept = ({ narration = '', ...kept }: Record<string, string>) =>
    change({ ...value, narration, deductions: Object.fromEntries(Object.entries(kept).filter(([, text]) => text !== '')), base: { version: before!.version, narration: before!.narration, deductions: theirs ?? {} } });

  return (
    <FormPage
      title={t(before ? 'vouchers.again' : 'vouchers.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/vouchers">{t('finance.vouchers')}</Link>, before ? <Link key="this" to="/finance/vouchers/$id" params={{ id: before.id }}><Ref number={before.number} /></Link> : t('vouchers.new')]}
      act={t(before ? 'vouchers.act.submitAgain' : 'vouchers.act.prepare')}
      send={() => void send()}
      command={command}
      draft={draft}
      margin={
        <>
          {claim && (
            <MarginFacts
              facts={[
                { label: t('kind.claim'), value: <Link to="/finance/claims/$id" params={{ id: claim.id }}><Ref number={claim.number} /></Link> },
                ...(claim.payee ? [{ label: t('list.payee'), value: <BiText text={claim.payee.name} /> }] : []),
                { label: t('claims.verifiedOn'), value: <DateText day={claim.verifiedOn} /> },
                { label: t('claims.dueOn'), value: <DateText day={claim.dueOn} /> },
              ]}
            />
          )}
          <dl className="dw-facts">
            <div><dt>{t('vouchers.gross')}</dt><dd><Money value={fromMinor(gross, currency)} /></dd></div>
            <div><dt>{t('vouchers.kept')}</dt><dd><Money value={fromMinor(-kept, currency)} /></dd></div>
            <div className="dw-facts-total"><dt>{t('vouchers.net')}</dt><dd><Money value={fromMinor(net, currency)} withCurrency /></dd></div>
          </dl>
          {net >= 0n && gross > 0n && <p className="dw-in-words" lang="ar" dir="rtl">{amountInWords(fromMinor(net, currency))}</p>}
          {before?.reason && <p className="dw-strip">{before.reason}</p>}
        </>
      }
      reread={() => readAgain({ requestPolicy: 'network-only' })}
    >
      {moved && <ConflictMerge fields={fields} accept={accept} />}
      <div className="dw-form-fields">
        {from === undefined && !before && (
          <Field name="claim" label={t('vouchers.forClaim')} hint={t('vouchers.forClaimHint')} wide>
            <Select
              id="claim"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={value.claim || null}
              placeholder={t('vouchers.direct')}
              options={(waiting?.invoices.nodes ?? []).filter((one) => one.voucher === null).map((one) => ({ value: one.id, label: [one.number, one.payee && inLanguage(one.payee.name, language), one.total.amount].filter(Boolean).join(' · ') }))}
              onChange={(chosen) => set({ claim: chosen ?? '' })}
            />
          </Field>
        )}
        {direct && !before && (
          <Field name="payee" label={t('list.payee')} problem={problemAt(problems, 'payee')} wide>
            <Select id="payee" showSearch={{ optionFilterProp: 'label' }} value={value.payee || null} placeholder={t('form.choose')} options={payees} onChange={(payee) => set({ payee })} />
          </Field>
        )}
        <Field name="narration" label={t('vouchers.narration')} problem={problemAt(problems, 'narration')} wide>
          <Input id="narration" name="narration" autoFocus maxLength={500} value={value.narration} onChange={(event) => set({ narration: event.target.value })} />
        </Field>
      </div>
      <h2>{t('lines.title')}</h2>
      {direct ? (
        <LinesEntry caption={t('lines.title')} cells={value.lines} change={(lines) => set({ lines })} currency={currency} problems={problemsByRow(problems, value.lines)} availability="now" />
      ) : (
        claim && <DocumentLines caption={t('lines.title')} lines={claim.lines} year={claim.year} totalWord={t('vouchers.gross')} total={claim.total} />
      )}
      <h2>{t('vouchers.deductions')}</h2>
      <div className="dw-form-fields">
        {(rules?.deductions ?? []).map((rule) => (
          <Field key={rule.code} name={`deduction-${rule.code}`} label={inLanguage(rule.name, language)} problem={problemAt(problems, `deductions.${order.indexOf(rule.code)}.amount`)}>
            <AmountInput id={`deduction-${rule.code}`} currency={currency} value={typedAmount(value.deductions[rule.code] ?? '', currency)} onChange={(typed) => set({ deductions: { ...value.deductions, [rule.code]: typed.text } })} />
          </Field>
        ))}
      </div>
    </FormPage>
  );
}
