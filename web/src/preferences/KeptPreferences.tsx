import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { PreferencesDocument, SetPreferencesDocument } from '../generated/graph';
import { deviceOf } from './device';
import { fromKept, toKept } from './kept';
import { usePreferences } from './preferences';

const rest = 600;

/**
 * How things look goes with the person: a new device begins as they chose last anywhere, a known one as they left it
 * there. It shows nothing.
 */
export function KeptPreferences() {
  const client = useClient();
  const { language, digits, theme, density, unit, calendar, shortcuts, change } = usePreferences();
  const text = JSON.stringify(toKept({ language, digits, theme, density, unit, calendar, shortcuts }));
  const [{ device, known }] = useState(() => deviceOf(localStorage));
  const there = useRef<string>(undefined);

  useEffect(() => {
    let left = false;
    void client.query(PreferencesDocument, { device }, { requestPolicy: 'network-only' }).then(({ data }) => {
      if (left || !data) return;
      const own = data.preferences.filter((one) => !known || one.device === device);
      there.current = text;
      if (own.length > 0) change(fromKept(own));
    });
    return () => {
      left = true;
    };
    // Once for each sign-in: later choices go the other way.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, device]);

  useEffect(() => {
    if (there.current === undefined || there.current === text) return undefined;
    const clock = setTimeout(() => {
      there.current = text;
      void client.mutation(SetPreferencesDocument, { device, values: JSON.parse(text) as { name: string; value: string }[] });
    }, rest);
    return () => clearTimeout(clock);
  }, [client, device, text]);
  return null;
}
