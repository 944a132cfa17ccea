import { Trans } from 'react-i18next';
import { usePreferences } from '../preferences/preferences';
import { grouped } from './digits';

/** The number of a log entry, as people quote it: #4,182,907. */
export function EntryNumber({ of }: { of: string }) {
  const { family } = usePreferences();
  return (
    <bdi dir="ltr" className="dw-figure">
      #{grouped(BigInt(of), family)}
    </bdi>
  );
}

/** Up to which entry the figures of the page include everything. */
export function Fresh({ upTo }: { upTo: string }) {
  return (
    <span className="dw-chip">
      <Trans i18nKey="page.fresh" components={{ number: <b><EntryNumber of={upTo} /></b> }} />
    </span>
  );
}
