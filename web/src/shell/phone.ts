import { useSyncExternalStore } from 'react';

const narrow = '(max-width: 759px)';

function watch(changed: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Under 760 px: one column, the spine as bottom tabs, a card a row. */
export const usePhone = (): boolean => useSyncExternalStore(watch, () => matchMedia(narrow).matches);
