import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, type TypedDocumentNode } from 'urql';
import { isBehind } from '../session/client';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { FinanceSections } from './FinanceSections';

export type ListPath = '/finance/reservations' | '/finance/commitments' | '/finance/claims' | '/finance/vouchers' | '/finance/virements' | '/finance/orders' | '/finance/payees' | '/finance/journals';

interface Props<Data, Document> {
  query: TypedDocumentNode<Data, { id: string }>;
  id: string;
  pick: (data: Data) => Document | null;
  list: { to: ListPath; word: string };
  children: (document: Document, again: () => void, notice: ReactNode) => ReactNode;
}

/** Reads one document and shows it; until then, or when there is none, its place says so. */
export function WithDocument<Data, Document>({ query, id, pick, list, children }: Props<Data, Document>) {
  const { t } = useTranslation();
  const [{ data, error, extensions }, ask] = useQuery({ query, variables: { id } });
  const again = () => ask({ requestPolicy: 'network-only' });
  const found = data && pick(data);
  if (found) {
    const notice = (
      <>
        {error && <Unread kept again={again} />}
        {isBehind(extensions) && <Stale again={again} />}
      </>
    );
    return children(found, again, notice);
  }
  return (
    <Page title={t(`finance.${list.word}`)} crumbs={[<Link key="list" to={list.to}>{t(`finance.${list.word}`)}</Link>]} sections={<FinanceSections />}>
      {error && <Unread kept={false} again={again} />}
      <section className="dw-sheet dw-ruled">
        {!error && data === undefined && <RuledLines />}
        {data && <Empty act={<Link to={list.to}>{t(`finance.${list.word}`)}</Link>}>{t('state.notFound')}</Empty>}
      </section>
    </Page>
  );
}
