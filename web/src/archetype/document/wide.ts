import { useSyncExternalStore } from 'react';

const roomy = '(min-width: 1280px)';

function watch(changed: () => void): () => void {
  const query = matchMedia(roomy);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** From 1280 px on the margin stands beside the sheet; below that it is a drawer, on a phone it follows the sheet. */
export const useWide = (): boolean => useSyncExternalStore(watch, () => matchMedia(roomy).matches);
