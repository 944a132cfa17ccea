import { usePreferences } from '../preferences/preferences';
import { isolated } from './Isolated';

/** A text somebody wrote, in its own direction, its digits in the chosen family. */
export function Words({ of }: { of: string }) {
  const { family } = usePreferences();
  return <bdi>{isolated(of, family)}</bdi>;
}
