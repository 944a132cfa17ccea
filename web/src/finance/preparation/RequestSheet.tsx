import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { OutcomeNotice } from '../../archetype/act/OutcomeNotice';
import { useCommand } from '../../archetype/act/use-command';
import { DocumentPage, type PageAct } from '../../archetype/document/DocumentPage';
import { MarginFacts, Path, PathDots, Timeline, type Step } from '../../archetype/document/Margin';
import { ApproveBudgetRequestDocument, ReturnBudgetRequestDocument } from '../../generated/graph';
import { usePreferences } from '../../preferences/preferences';
import { useSession } from '../../session/session';
import { Tag } from '../../sheet/Tag';
import { BiText } from '../../value/BiText';
import { Code } from '../../value/Count';
import { DateText } from '../../value/DateText';
import { inFamily } from '../../value/digits';
import { fromMinor } from '../../value/money';
import { Money } from '../../value/Money';
import { Person } from '../../value/Person';
import { Words } from '../../value/Words';
import { FinanceSections } from '../FinanceSections';
import { Breaches } from './BreachList';
import { inkOfRequest } from './inks';
import type { Place, Request, RequestCycle } from './RequestPage';
import { added, yearsOf } from './years';

interface Props {
  place: Place;
  cycle: RequestCycle;
  request: Request;
  again: () => void;
  /** Writes it anew while nobody has decided, for whoever submitted it. */
  revise?: () => void;
}

/** A request as it was submitted; the budget department approves it or sends it back. */
export function RequestSheet({ place, cycle, request, again, revise }: Props) {
  const { t } = useTranslation();
  const { family } = usePreferences();
  const { me, may } = useSession();
  const command = useCommand();
  const step = { ...place, expected: request.version };
  const own = request.submittedBy.id === me.id ? { blocked: t('preparation.ownRequest') } : {};
  const decides = cycle.stateCode === 'open' && may('finance.budget.prepare');
  const acts: PageAct[] = revise ? [{ name: 'revise', label: t('preparation.act.revise'), run: revise }] : [];
  if (decides && (request.stateCode === 'submitted' || request.stateCode === 'approved') && !own.blocked) {
    acts.push({ name: 'return', label: t('preparation.act.return'), asks: { reason: true }, run: ({ reason }) => void command.send('return', ReturnBudgetRequestDocument, { ...step, reason: reason ?? null }) });
  }
  if (decides && (request.stateCode === 'submitted' || request.stateCode === 'returned')) {
    acts.push({ name: 'approve', label: t('preparation.act.approve'), ...own, run: () => void command.send('approve', ApproveBudgetRequestDocument, step) });
  }
  const decided = request.stateCode !== 'submitted';
  const steps: Step[] = [
    { name: 'submitted', label: t('preparation.step.submitted'), state: 'done', by: request.submittedBy },
    { name: 'decided', label: t('preparation.step.decided'), state: !decided ? 'now' : request.stateCode === 'returned' ? 'stopped' : 'done', by: request.decidedBy, post: t('role.budget_department') },
    { name: 'law', label: t('preparation.step.law'), state: request.stateCode === 'enacted' ? 'done' : 'later' },
  ];
  const sum = added(yearsOf(request.current), yearsOf(request.capital));
  const title = t('preparation.request', { programme: inFamily(place.programme, family), year: inFamily(String(place.year), family) });
  return (
    <DocumentPage
      title={title}
      crumbs={[
        <Link key="list" to="/finance/preparation">{t('preparation.title')}</Link>,
        <Link key="year" to="/finance/preparation/$year" params={{ year: String(place.year) }}>{inFamily(String(place.year), family)}</Link>,
        inFamily(`${place.chapter}/${place.programme}`, family),
      ]}
      beside={<Tag ink={inkOfRequest(request.stateCode)}><BiText text={request.state} /></Tag>}
      sections={<FinanceSections />}
      acts={acts}
      acting={command.acting}
      notices={<OutcomeNotice command={command} reread={again} />}
      dots={<PathDots steps={steps} />}
      margin={
        <>
          <MarginFacts
            facts={[
              { label: t('preparation.total'), value: <Money value={request.total} withCurrency strong /> },
              { label: t('preparation.round'), value: inFamily(String(request.round), family) },
              { label: t('preparation.submittedBy'), value: <Person name={request.submittedBy.name} /> },
              { label: t('list.date'), value: <DateText day={request.date} form="prose" /> },
            ]}
          />
          <Path steps={steps} yours={acts.some((act) => act.blocked === undefined)} />
          <Timeline events={request.history.nodes} />
        </>
      }
    >
      <section className="dw-sheet dw-ruled dw-paper" aria-label={title}>
        <dl className="dw-fields">
          <div className="dw-wide"><dt>{t('preparation.place')}</dt><dd><BiText text={request.chapter.name} /> · <BiText text={request.programme.name} /></dd></div>
          {request.returnedFor && <div className="dw-wide"><dt>{t('preparation.returnedFor')}</dt><dd><Words of={request.returnedFor} /></dd></div>}
          {request.reason && <div className="dw-wide"><dt>{t('preparation.whyBeyond')}</dt><dd><Words of={request.reason} /></dd></div>}
        </dl>
        {request.breaches.length > 0 && <Breaches of={request.breaches} year={place.year} />}
        <div className="dw-lines-frame" tabIndex={0} role="region" aria-label={t('preparation.lines')}>
          <table className="dw-table">
            <thead>
              <tr>
                <th scope="col">{t('preparation.item')}</th>
                <th scope="col">{t('preparation.economic')}</th>
                {[0, 1, 2].map((at) => <th key={at} scope="col" className="dw-amount">{inFamily(String(place.year + at), family)}</th>)}
                <th scope="col">{t('acts.reason')}</th>
              </tr>
            </thead>
            <tbody>
              {request.lines.map((line) => {
                const item = line.segments.find((label) => label.segment === 'ITEM');
                return (
                  <tr key={line.line}>
                    <th scope="row"><Code of={item?.code ?? line.key} /> {item && <BiText text={item.name} />}</th>
                    <td>{t(`preparation.kinds.${line.economic}`)}</td>
                    {line.amounts.map((amount, at) => <td key={at} className="dw-amount"><Money value={amount} /></td>)}
                    <td><Words of={line.reason} /></td>
                  </tr>
                );
              })}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={2}>{t('lines.total')}</th>
                {sum.map((units, at) => <td key={at} className="dw-amount"><Money value={fromMinor(units, cycle.currency)} strong /></td>)}
                <td />
              </tr>
            </tfoot>
          </table>
        </div>
      </section>
    </DocumentPage>
  );
}
