/** A line of the tree as it is seen. */
export interface Branch {
  id: string;
  level: number;
  open: boolean;
  /** Whether anything stands below it. */
  parent: boolean;
}

/** Where a key leads in a tree, as the ARIA pattern says; inwards is the direction of reading. */
export type Move = { kind: 'to'; id: string } | { kind: 'open' | 'close'; id: string } | undefined;

export function moveOf(code: string, at: string | undefined, seen: readonly Branch[], rtl: boolean): Move {
  const place = Math.max(0, seen.findIndex((branch) => branch.id === at));
  const here = seen[place];
  if (!here) return undefined;
  const to = (branch: Branch | undefined): Move => (branch ? { kind: 'to', id: branch.id } : undefined);
  const inwards = code === (rtl ? 'ArrowLeft' : 'ArrowRight');
  const outwards = code === (rtl ? 'ArrowRight' : 'ArrowLeft');
  if (code === 'ArrowDown') return to(seen[place + 1]);
  if (code === 'ArrowUp') return to(seen[place - 1]);
  if (code === 'Home') return to(seen[0]);
  if (code === 'End') return to(seen.at(-1));
  if (inwards && here.parent && !here.open) return { kind: 'open', id: here.id };
  if (inwards && here.open) return seen[place + 1]?.level === here.level + 1 ? to(seen[place + 1]) : undefined;
  if (outwards && here.open) return { kind: 'close', id: here.id };
  if (outwards) return to(seen.slice(0, place).findLast((branch) => branch.level < here.level));
  return undefined;
}
