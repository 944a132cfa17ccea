import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Input, Radio } from 'antd';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { Wizard, type WizardStep } from '../../archetype/wizard/Wizard';
import { ClosePeriodDocument, JournalsDocument, SoftClosePeriodDocument, TrialBalanceDocument, VouchersDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Page } from '../../sheet/Page';
import { useFinanceScope } from '../../shell/finance-scope';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily, toLatin } from '../../value/digits';
import { FinanceSections } from '../FinanceSections';
import { Kinds } from '../Kinds';
import '../../archetype/document/document.css';
import '../form.css';

/** Closing a period: choose it, see what still stands in it, and the full effect before it is closed. */
export function ClosingPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { years, may } = useSession();
  const { year } = useFinanceScope();
  const search = useSearch({ from: '/finance/closing' });
  const navigate = useNavigate();
  const command = useCommand();
  const [typed, setTyped] = useState('');
  const [hard, setHard] = useState(false);
  const periods = years.find((known) => known.year === year)?.periods ?? [];
  const open = periods.filter((period) => period.state.toLowerCase() !== 'closed');
  const period = open.find((one) => String(one.number) === search.period);
  const go = (part: { period?: string; step?: string }) => void navigate({ to: '.', search: (before: object) => ({ ...before, ...part }) as never });
  const name = period ? inFamily(`${period.number}/${year}`, family) : '';

  const waits = (stage: string) => useQuery({ query: VouchersDocument, variables: { year, state: stage, first: 200 }, pause: period === undefined })[0].data?.vouchers.nodes ?? [];
  const standing = [...waits('audit'), ...waits('approval'), ...waits('spending_officer'), ...waits('treasury')].filter((voucher) => period && (voucher.date ?? '') <= period.to && (voucher.date ?? '') >= period.from);
  const [{ data: submitted }] = useQuery({ query: JournalsDocument, variables: { year: null, state: 'submitted', first: 200 }, pause: period === undefined });
  const [{ data: balance }] = useQuery({ query: TrialBalanceDocument, variables: { year, fromMonth: period?.number ?? 1, toMonth: period?.number ?? 13, fund: null, first: 1 }, pause: period === undefined });
  const unposted = (submitted?.journals.nodes ?? []).filter((journal) => period && (journal.date ?? '') >= period.from && (journal.date ?? '') <= period.to);
  const balanced = balance?.trialBalance.balanced;

  const check = (good: boolean, words: string, list: React.ReactNode) => {
    const Icon = good ? CircleCheck : TriangleAlert;
    return <li className={good ? 'dw-available' : 'dw-low'}><Icon className="dw-icon-small" aria-hidden="true" /> {words} {!good && list}</li>;
  };
  const n = (number: number) => inFamily(String(number), family);
  const steps: WizardStep[] = [
    {
      name: 'period',
      label: t('closing.choose'),
      holds: period ? undefined : t('closing.chooseFirst'),
      content: (
        <Radio.Group className="dw-radios" value={search.period ?? ''} onChange={(event) => go({ period: String(event.target.value) })} aria-label={t('closing.choose')}>
          {open.map((one) => (
            <Radio key={one.number} value={String(one.number)}>
              <Code of={one.number} /> · <DateText day={one.from} /> – <DateText day={one.to} /> <span className="dw-quiet">{t(`closing.state.${one.state.toLowerCase()}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      ),
    },
    {
      name: 'checks',
      label: t('closing.checks'),
      holds: balanced === false ? t('closing.unbalanced') : undefined,
      content: (
        <ul className="dw-checks dw-checks-list">
          {check(balanced === true, t(balanced === true ? 'closing.check.balanced' : 'closing.check.unbalanced'), <Link to="/finance/trial-balance">{t('finance.trialBalance')}</Link>)}
          {check(standing.length === 0, t('closing.check.vouchers', { count: standing.length, n: n(standing.length) }), <Link to="/finance/vouchers" search={{ state: 'all' }}>{t('finance.vouchers')}</Link>)}
          {check(unposted.length === 0, t('closing.check.journals', { count: unposted.length, n: n(unposted.length) }), <Link to="/finance/journals" search={{ state: 'submitted' }}>{t('finance.journals')}</Link>)}
        </ul>
      ),
    },
    {
      name: 'effect',
      label: t('closing.effect'),
      content: (
        <>
          <Radio.Group className="dw-radios" value={hard} onChange={(event) => setHard(event.target.value as boolean)} aria-label={t('closing.effect')}>
            <Radio value={false}>{t('closing.soft', { period: name })}</Radio>
            <Radio value>{t('closing.hard', { period: name })}</Radio>
          </Radio.Group>
          <p>{t(standing.length > 0 ? 'closing.standing' : 'closing.nothingStands', { count: standing.length, n: n(standing.length) })}</p>
          <label htmlFor="typed-year">{t('closing.typeYear', { year: n(year) })}</label>
          <Input id="typed-year" name="typed-year" dir="ltr" inputMode="numeric" maxLength={4} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </>
      ),
    },
  ];
  const close = async () => {
    const outcome = await command.send('close', hard ? ClosePeriodDocument : SoftClosePeriodDocument, { year, period: period!.number });
    if (outcome.kind === 'done') {
      setTyped('');
      go({ step: 'period' });
    }
  };
  const title = t('closing.title');
  return (
    <Page title={title} crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, title]} sections={<FinanceSections />}>
      <div className="dw-toolbar"><Kinds section="books" here="closing" /></div>
      <OutcomeNotice command={command} />
      {may('finance.period.close') ? (
        <Wizard
          title={title}
          steps={steps}
          at={search.step ?? 'period'}
          go={(step) => go({ step })}
          commit={{ label: t(hard ? 'closing.act.close' : 'closing.act.soft', { period: name }), danger: hard, ready: period !== undefined && toLatin(typed).trim() === String(year), acting: command.acting === 'close', run: () => void close() }}
        />
      ) : (
        <section className="dw-sheet dw-ruled dw-paper">
          <p>{t('closing.whoMay')}</p>
          <ul>
            {periods.map((one) => <li key={one.number}><Code of={one.number} /> <span className="dw-quiet">{t(`closing.state.${one.state.toLowerCase()}`)}</span></li>)}
          </ul>
        </section>
      )}
    </Page>
  );
}
