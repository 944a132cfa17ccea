import { Link, useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { BudgetCyclesDocument, IssueCircularDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { DateInput } from '../../value/DateInput';
import { DateText } from '../../value/DateText';
import { inFamily, toLatin } from '../../value/digits';
import { Words } from '../../value/Words';
import { Field, problemAt } from '../Field';
import { FinanceSections } from '../FinanceSections';
import { useForm } from '../use-form';
import { inkOfCycle } from './inks';
import '../form.css';

/** Budgets in preparation: one a year, from the circular to the law. */
export function PreparationPage() {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { may } = useSession();
  const [{ data, error }, ask] = useQuery({ query: BudgetCyclesDocument });
  const [issuing, setIssuing] = useState(false);
  const cycles = data?.budgetCycles;
  return (
    <Page
      title={t('preparation.title')}
      crumbs={[<Link key="module" to="/finance">{t('module.finance')}</Link>, t('preparation.title')]}
      sections={<FinanceSections />}
      acts={may('finance.budget.prepare') && !issuing ? <Button type="primary" onClick={() => setIssuing(true)}>{t('preparation.act.circular')}</Button> : undefined}
    >
      {error && <Unread kept={data !== undefined} again={() => ask({ requestPolicy: 'network-only' })} />}
      {issuing && <Circular leave={() => setIssuing(false)} next={(cycles?.[0]?.year ?? new Date().getFullYear()) + 1} />}
      <section className="dw-sheet dw-ruled" aria-label={t('preparation.title')}>
        {!error && cycles === undefined && <RuledLines />}
        {cycles?.length === 0 && <Empty>{t('preparation.none')}</Empty>}
        {cycles && cycles.length > 0 && (
          <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('preparation.title')}>
            <table className="dw-table">
              <thead>
                <tr>
                  <th scope="col">{t('preparation.year')}</th>
                  <th scope="col">{t('preparation.subject')}</th>
                  <th scope="col">{t('preparation.deadline')}</th>
                  <th scope="col">{t('list.state')}</th>
                </tr>
              </thead>
              <tbody>
                {cycles.map((cycle) => (
                  <tr key={cycle.year}>
                    <th scope="row"><Link to="/finance/preparation/$year" params={{ year: String(cycle.year) }}>{inFamily(String(cycle.year), family)}</Link></th>
                    <td><Words of={cycle.subject} /></td>
                    <td><DateText day={cycle.deadline} /></td>
                    <td><Tag ink={inkOfCycle(cycle.stateCode)}><BiText text={cycle.state} /></Tag></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </Page>
  );
}

/** The circular (بلاغ الموازنة): which year, until when, and whether a ceiling stops or asks why. */
function Circular({ leave, next }: { leave: () => void; next: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const command = useCommand();
  const { problems } = useForm(command);
  const [year, setYear] = useState(String(next));
  const [subject, setSubject] = useState('');
  const [deadline, setDeadline] = useState('');
  const [strict, setStrict] = useState(true);
  const send = async () => {
    const outcome = await command.send('circular', IssueCircularDocument, { year: Number(toLatin(year)) || 0, subject, deadline, strict });
    if (outcome.kind === 'done') void navigate({ to: '/finance/preparation/$year', params: { year: toLatin(year) } });
  };
  return (
    <section className="dw-sheet dw-ruled dw-paper dw-form" aria-label={t('preparation.act.circular')}>
      <h2>{t('preparation.act.circular')}</h2>
      <OutcomeNotice command={command} />
      <div className="dw-form-fields">
        <Field name="year" label={t('preparation.year')} problem={problemAt(problems, 'year')}>
          <Input id="year" name="year" dir="ltr" inputMode="numeric" maxLength={4} value={year} onChange={(event) => setYear(event.target.value)} />
        </Field>
        <div className="dw-field"><DateInput name="deadline" label={t('preparation.deadline')} value={deadline} onChange={setDeadline} />{problemAt(problems, 'deadline') && <span className="dw-field-refusal" role="alert">{problemAt(problems, 'deadline')}</span>}</div>
        <Field name="subject" label={t('preparation.subject')} problem={problemAt(problems, 'subject')} wide>
          <Input id="subject" name="subject" maxLength={500} value={subject} onChange={(event) => setSubject(event.target.value)} />
        </Field>
        <div className="dw-field dw-wide"><Checkbox checked={strict} onChange={(event) => setStrict(event.target.checked)}>{t('preparation.strict')}</Checkbox></div>
      </div>
      <p className="dw-form-acts">
        <Button onClick={leave}>{t('acts.leave')}</Button>{' '}
        <Button type="primary" loading={command.acting !== undefined} onClick={() => void send()}>{t('preparation.act.issue')}</Button>
      </p>
    </section>
  );
}
