import { Link, useNavigate } from '@tanstack/react-router';
import { Checkbox, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useCommand } from '../../archetype/act/use-command';
import { useDraft } from '../../archetype/draft';
import { BuildBatchDocument, TreasuryAccountsDocument, VouchersDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { RuledLines } from '../../sheet/Notice';
import { BiText, inLanguage } from '../../value/BiText';
import { DateInput } from '../../value/DateInput';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { Iban } from '../../value/Iban';
import { fromMinor, minorUnits } from '../../value/money';
import { Money } from '../../value/Money';
import { Ref } from '../../value/Ref';
import { amountInWords } from '../../value/tafqit';
import { Field, problemAt } from '../Field';
import { FormPage } from '../FormPage';
import { useForm } from '../use-form';
import './treasury.css';

interface Written {
  treasury: string;
  payOn: string;
  vouchers: readonly string[];
}

const most = 200;
const empty: Written = { treasury: '', payOn: '', vouchers: [] };

/** A payment batch being built: which of the vouchers that wait for treasury leave which account, on which day. */
export function BuildBatchPage() {
  const { t } = useTranslation();
  const { language, family } = usePreferences();
  const navigate = useNavigate();
  const command = useCommand();
  const { year, today, problems } = useForm(command);
  const draft = useDraft<Written>(`batch.${year}`, empty);
  const { value } = draft;
  const set = (part: Partial<Written>) => draft.change({ ...value, ...part });
  const [{ data: known }] = useQuery({ query: TreasuryAccountsDocument, variables: { first: 100 } });
  const [{ data }] = useQuery({ query: VouchersDocument, variables: { year, state: 'treasury', first: most } });
  const accounts = known?.treasuryAccounts.nodes ?? [];
  const account = accounts.find((one) => one.id === value.treasury) ?? accounts.at(-1);
  const waiting = useMemo(() => (data?.vouchers.nodes ?? []).filter((one) => !account || one.net.currency === account.currency), [data, account]);
  const chosen = waiting.filter((one) => value.vouchers.includes(one.id));
  const total = fromMinor(chosen.reduce((sum, one) => sum + minorUnits(one.net), 0n), account?.currency ?? 'JOD');
  const choose = (id: string, on: boolean) => set({ vouchers: on ? [...value.vouchers, id] : value.vouchers.filter((one) => one !== id) });

  const send = async () => {
    const outcome = await command.send('build', BuildBatchDocument, { treasury: account?.id ?? '', payOn: value.payOn || null, vouchers: chosen.map((one) => one.id) });
    if (outcome.kind !== 'done') return;
    draft.drop();
    void navigate({ to: '/finance/batches/$id', params: { id: outcome.answer.id } });
  };
  const problemOf = (id: string) => {
    const at = chosen.findIndex((one) => one.id === id);
    return at < 0 ? undefined : problems.find((problem) => problem.path?.split('.').slice(0, 2).join('.') === `vouchers.${at}`)?.message;
  };
  return (
    <FormPage
      title={t('batches.new')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, <Link key="list" to="/finance/batches">{t('finance.batches')}</Link>, t('batches.new')]}
      act={t('batches.act.build')}
      send={() => void send()}
      command={command}
      draft={draft}
      margin={
        <>
          <dl className="dw-facts">
            <div><dt>{t('batches.chosen')}</dt><dd>{inFamily(String(chosen.length), family)}</dd></div>
            {account && <div><dt>{t('accounts.book')}</dt><dd><Money value={account.bookBalance} /></dd></div>}
            <div className="dw-facts-total"><dt>{t('lines.total')}</dt><dd><Money value={total} withCurrency /></dd></div>
          </dl>
          {chosen.length > 0 && <p className="dw-in-words" lang="ar" dir="rtl">{amountInWords(total)}</p>}
          <p className="dw-quiet">{t('batches.secondReleases')}</p>
        </>
      }
    >
      <div className="dw-form-fields">
        <Field name="treasury" label={t('batches.treasury')} hint={account && <Iban of={account.iban} />} problem={problemAt(problems, 'treasury')} wide>
          <Select id="treasury" value={account?.id ?? null} options={accounts.map((one) => ({ value: one.id, label: inLanguage(one.name, language) }))} onChange={(treasury: string) => set({ treasury })} />
        </Field>
        <div className="dw-field">
          <DateInput name="payOn" label={t('batches.payOn')} value={value.payOn} least={today} onChange={(payOn) => set({ payOn })} />
        </div>
      </div>
      <h2>{t('batches.waiting')}</h2>
      {problemAt(problems, 'vouchers') && <p className="dw-field-refusal" role="alert">{problemAt(problems, 'vouchers')}</p>}
      {!data && <RuledLines rows={6} />}
      {data && waiting.length === 0 && <p className="dw-quiet">{t('batches.noneWaits')}</p>}
      {waiting.length > 0 && (
        <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('batches.waiting')}>
          <table className="dw-table dw-choice">
            <caption className="dw-hidden">{t('batches.waiting')}</caption>
            <thead>
              <tr>
                <th scope="col">
                  <Checkbox
                    aria-label={t('batches.chooseAll')}
                    checked={chosen.length === waiting.length}
                    indeterminate={chosen.length > 0 && chosen.length < waiting.length}
                    onChange={(event) => set({ vouchers: event.target.checked ? waiting.map((one) => one.id) : [] })}
                  />
                </th>
                <th scope="col">{t('list.number')}</th>
                <th scope="col">{t('list.payee')}</th>
                <th scope="col">{t('list.date')}</th>
                <th scope="col" className="dw-amount">{t('vouchers.net')}</th>
              </tr>
            </thead>
            <tbody>
              {waiting.map((one) => (
                <tr key={one.id}>
                  <td><Checkbox aria-label={one.number} checked={value.vouchers.includes(one.id)} onChange={(event) => choose(one.id, event.target.checked)} /></td>
                  <th scope="row"><Link to="/finance/vouchers/$id" params={{ id: one.id }}><Ref number={one.number} /></Link></th>
                  <td>
                    {one.payee && <BiText text={one.payee.name} />}
                    {problemOf(one.id) && <span className="dw-field-refusal" role="alert">{problemOf(one.id)}</span>}
                  </td>
                  <td><DateText day={one.date} /></td>
                  <td className="dw-amount"><Money value={one.net} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </FormPage>
  );
}
