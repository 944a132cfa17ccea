import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useQuery } from 'urql';
import { useViews } from '../live/use-live';
import { InboxCountDocument } from '../generated/graph';

const minute = 60_000;

/** How much waits: read again when something moved, with each page that is opened, and every minute while somebody looks. */
export function useInboxCount() {
  const [{ data }, ask] = useQuery({ query: InboxCountDocument, context: useInboxContext });
  const place = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    ask({ requestPolicy: 'network-only' });
    const clock = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), minute);
    return () => clearInterval(clock);
  }, [place, ask]);
  useViews(['inbox'], () => ask({ requestPolicy: 'network-only' }));
  return data?.inboxCount;
}

const useInboxContext = { additionalTypenames: ['InboxCount', 'InboxItem', 'Notice'] };
