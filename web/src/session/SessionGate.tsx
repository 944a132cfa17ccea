import { useMemo, useState, type ReactNode } from 'react';
import { Provider, useQuery } from 'urql';
import { FiscalYearsDocument, MeDocument } from '../generated/graph';
import { RuledLines, Unread } from '../sheet/Notice';
import { createDiwanClient, isUnauthenticated } from './client';
import { forgetVisits } from '../palette/recent';
import { signOut } from './sign-in';
import { SessionContext, type Session } from './session';
import { SignInPage } from './SignInPage';

/** Lets nobody past who has not signed in; the address stays, so that signing in leads to the page asked for. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [turn, setTurn] = useState(0);
  const [out, setOut] = useState(false);
  // A new client for each sign-in: nothing one person read stays for the next.
  const client = useMemo(() => createDiwanClient(() => setOut(true)), [turn]);
  const signedIn = () => {
    setOut(false);
    setTurn((before) => before + 1);
  };
  const leave = () => {
    forgetVisits();
    void signOut().finally(() => setOut(true));
  };

  if (out) return <SignInPage signedIn={signedIn} />;
  return (
    <Provider value={client} key={turn}>
      <WithPerson leave={leave}>{children}</WithPerson>
    </Provider>
  );
}

function WithPerson({ leave, children }: { leave: () => void; children: ReactNode }) {
  const [me, askMe] = useQuery({ query: MeDocument });
  // The years are finance's: whoever has no part in it works without them.
  const reads = me.data?.me.permissions.includes('finance.read') ?? true;
  const [years, askYears] = useQuery({ query: FiscalYearsDocument, pause: !reads });
  const session = useMemo<Session | null>(() => {
    const person = me.data?.me;
    if (!person) return null;
    const held = new Set(person.permissions);
    return { me: person, years: years.data?.fiscalYears ?? [], may: (permission) => held.has(permission), signOut: leave };
  }, [me.data, years.data, leave]);

  const failed = [me.error, reads ? years.error : undefined].find((error) => error && !isUnauthenticated(error));
  if (failed && (!session || (reads && !years.data))) {
    const again = () => {
      askMe({ requestPolicy: 'network-only' });
      askYears({ requestPolicy: 'network-only' });
    };
    return <main className="dw-page"><Unread kept={false} again={again} /></main>;
  }
  if (!session || (years.fetching && !years.data)) return <main><RuledLines /></main>;
  return <SessionContext value={session}>{children}</SessionContext>;
}
