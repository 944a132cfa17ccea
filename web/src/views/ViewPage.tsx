import { Navigate, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useRouter } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { SavedViewDocument } from '../generated/graph';
import { Missing } from '../shell/Missing';
import { RuledLines } from '../sheet/Notice';

const pages: Readonly<Record<string, string>> = { 'finance.execution': '/finance/execution', 'finance.vouchers': '/finance/vouchers' };

/** A view by its link: it opens as the list it arranges. */
export function ViewPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const router = useRouter();
  const [{ data, fetching }] = useQuery({ query: SavedViewDocument, variables: { id } });
  const view = data?.savedView;
  const page = view && pages[view.page];
  useEffect(() => {
    if (page) router.history.replace(view.params ? `${page}?${view.params}` : page);
  }, [page, view, router]);
  if (fetching || page) return <RuledLines />;
  if (view) return <Navigate to="/" />;
  return <Missing />;
}
