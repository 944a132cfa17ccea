/** Rows of one height, and at most one opened place below one of them. */
export interface Ground {
  count: number;
  height: number;
  /** The item that is opened, and how tall what it shows is. */
  opened?: { place: number; height: number } | undefined;
}

/** The items to draw, and how far the first stands above the body's edge. */
export interface Span {
  from: number;
  to: number;
  offset: number;
}

export const heightOf = (ground: Ground): number => ground.count * ground.height + (ground.opened?.height ?? 0);

export const topOf = (ground: Ground, place: number): number =>
  place * ground.height + (ground.opened && place > ground.opened.place ? ground.opened.height : 0);

/**
 * Every item that any part of the body shows, so that nothing in it is ever blank: the body itself does not move
 * while scrolling, its items do.
 */
export function spanOf(ground: Ground, scrolled: number, body: number): Span {
  const whole = heightOf(ground);
  const at = Math.max(0, Math.min(scrolled, Math.max(0, whole - body)));
  const from = placeAt(ground, at);
  const to = Math.min(ground.count, placeAt(ground, at + body) + 1);
  return { from, to, offset: at - topOf(ground, from) };
}

function placeAt(ground: Ground, y: number): number {
  const { opened, height, count } = ground;
  const last = Math.max(0, count - 1);
  if (!opened || y < (opened.place + 1) * height) return Math.min(last, Math.floor(y / height));
  if (y < (opened.place + 1) * height + opened.height) return Math.min(last, opened.place);
  return Math.min(last, Math.floor((y - opened.height) / height));
}

/** Where to scroll so that an item is wholly in the body; undefined when it is. */
export function scrollTo(ground: Ground, place: number, scrolled: number, body: number): number | undefined {
  const top = topOf(ground, place);
  const end = top + ground.height + (ground.opened?.place === place ? Math.min(ground.opened.height, body - ground.height) : 0);
  if (top < scrolled) return top;
  if (end > scrolled + body) return end - body;
  return undefined;
}
