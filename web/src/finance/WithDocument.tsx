import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { useQuery, type TypedDocumentNode } from 'urql';
import { Moment } from '../archetype/document/Margin';
import type { DocumentKind } from '../generated/graph';
import { useDocument } from '../live/use-live';
import { isBehind, wasOurs } from '../session/client';
import { Empty, RuledLines, Stale, Unread } from '../sheet/Notice';
import { Page } from '../sheet/Page';
import { FinanceSections } from './FinanceSections';

const kinds: Partial<Record<string, DocumentKind>> = {
  reservations: 'RESERVATION', commitments: 'COMMITMENT', claims: 'INVOICE', vouchers: 'VOUCHER', virements: 'VIREMENT', orders: 'ORDER', journals: 'JOURNAL', payees: 'PAYEE', batches: 'BATCH', statements: 'STATEMENT', receipts: 'RECEIPT', advances: 'ADVANCE', trusts: 'TRUST',
};

export type ListPath = '/finance/reservations' | '/finance/commitments' | '/finance/claims' | '/finance/vouchers' | '/finance/batches' | '/finance/statements' | '/finance/receipts' | '/finance/advances' | '/finance/trusts' | '/finance/virements' | '/finance/orders' | '/finance/payees' | '/finance/journals';

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
  const [changed, setChanged] = useState<{ id: string; at: string }>();
  const seen = useRef<string>(undefined);
  const found = data && pick(data);
  const shown = (found as { version?: string } | null | undefined)?.version;
  useEffect(() => {
    if (seen.current !== undefined && shown !== seen.current && wasOurs()) setChanged(undefined);
    seen.current = shown;
  }, [shown]);
  useDocument(kinds[list.word], id, (version) => {
    if (version === seen.current || wasOurs()) return;
    setChanged({ id, at: new Date().toISOString() });
    again();
  });
  if (found) {
    const notice = (
      <>
        {error && <Unread kept again={again} />}
        {changed?.id === id && (
          <p className="dw-strip" role="status">
            <span><Trans i18nKey="live.changed" components={{ time: <Moment at={changed.at} /> }} /></span>
            <Button size="small" onClick={() => setChanged(undefined)}>{t('live.seen')}</Button>
          </p>
        )}
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
