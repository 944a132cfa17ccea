import { GraphiQL } from 'graphiql';
import 'graphiql/graphiql.css';
import { useMemo } from 'react';
import { usePreferences } from '../preferences/preferences';

/** GraphiQL on this server's own endpoint; everything it needs is in this app. */
export default function Develop() {
  const { mode } = usePreferences();
  const fetcher = useMemo(
    () => async (asked: object) => {
      const answer = await fetch('/graphql', { method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(asked) });
      return (await answer.json()) as never;
    },
    [],
  );
  return <GraphiQL fetcher={fetcher} forcedTheme={mode === 'dark' ? 'dark' : 'light'} />;
}
