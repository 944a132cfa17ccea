import { commandId } from '../session/command-id';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const place = 'diwan.device';

/** This device's own name for itself, and whether it had one before: a device that is new begins as the person chose last anywhere. */
export function deviceOf(store: Store, name: () => string = commandId): { device: string; known: boolean } {
  const kept = store.getItem(place);
  if (kept) return { device: kept, known: true };
  const device = name();
  try {
    store.setItem(place, device);
  } catch {
    // A browser that keeps nothing is a new device each time.
  }
  return { device, known: false };
}
