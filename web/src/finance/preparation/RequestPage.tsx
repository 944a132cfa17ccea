import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BudgetRequestDocument, type BudgetRequestQuery } from '../../generated/graph';
import { useSession } from '../../session/session';
import { Empty, RuledLines, Unread } from '../../sheet/Notice';
import { Page } from '../../sheet/Page';
import { FinanceSections } from '../FinanceSections';
import { RequestForm } from './RequestForm';
import { RequestSheet } from './RequestSheet';

export type Request = NonNullable<BudgetRequestQuery['budgetRequest']>;
export type RequestCycle = NonNullable<BudgetRequestQuery['budgetCycle']>;
export interface Place { year: number; chapter: string; programme: string }

/** What one programme asks for: the grid for whoever writes it, the sheet with its decision for everybody else. */
export function RequestPage() {
  const { t } = useTranslation();
  const { me, may } = useSession();
  const params = useParams({ from: '/finance/preparation/$year/$chapter/$programme' });
  const place: Place = { ...params, year: Number(params.year) };
  const [{ data, error }, ask] = useQuery({ query: BudgetRequestDocument, variables: place });
  const again = () => ask({ requestPolicy: 'network-only' });
  const [revised, setRevised] = useState<string>();
  const request = data?.budgetRequest ?? undefined;
  const cycle = data?.budgetCycle;
  if (cycle) {
    const begins = request === undefined;
    const asks = cycle.stateCode === 'open' && may('finance.budget.request');
    const own = request?.stateCode === 'submitted' && request.submittedBy.id === me.id;
    if (asks && (begins || request.stateCode === 'returned' || (own && revised === request.version))) {
      return <RequestForm key={request?.version ?? 'new'} place={place} cycle={cycle} {...(request ? { request } : {})} again={again} />;
    }
    if (request) return <RequestSheet place={place} cycle={cycle} request={request} again={again} {...(asks && own ? { revise: () => setRevised(request.version) } : {})} />;
  }
  return (
    <Page title={t('preparation.title')} crumbs={[<Link key="list" to="/finance/preparation">{t('preparation.title')}</Link>]} sections={<FinanceSections />}>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled">
        {!error && data === undefined && <RuledLines />}
        {data && <Empty act={<Link to="/finance/preparation/$year" params={{ year: params.year }}>{t('preparation.title')}</Link>}>{t(cycle ? 'preparation.notAsked' : 'state.notFound')}</Empty>}
      </section>
    </Page>
  );
}
