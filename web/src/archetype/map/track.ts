/** A place on the way, in time order. */
export interface Fix {
  at: string;
  lng: number;
  lat: number;
  speed: number;
  limit: number;
}

export type Pace = 'slow' | 'usual' | 'near' | 'over' | 'far';

/** Speed against the limit; colour and width tell it together, the word always beside them. */
export function paceOf({ speed, limit }: Pick<Fix, 'speed' | 'limit'>): Pace {
  if (speed >= limit + 20) return 'far';
  if (speed > limit) return 'over';
  if (speed > limit - 8) return 'near';
  return speed < limit * 0.45 ? 'slow' : 'usual';
}

export const paces: Readonly<Record<Pace, { light: string; dark: string; width: number }>> = {
  slow: { light: '#5C86B8', dark: '#7FA8DC', width: 5 },
  usual: { light: '#1F8573', dark: '#45B59E', width: 5 },
  near: { light: '#B07A00', dark: '#E0AE3F', width: 5 },
  over: { light: '#C63F26', dark: '#F0765B', width: 7 },
  far: { light: '#7A1650', dark: '#E58BC4', width: 9 },
};

/** The way as stretches of one pace; each begins where the one before it ends, so that the line has no gaps. */
export function stretches(fixes: readonly Fix[]): { pace: Pace; line: [number, number][] }[] {
  const found: { pace: Pace; line: [number, number][] }[] = [];
  for (let at = 1; at < fixes.length; at += 1) {
    const before = fixes[at - 1]!;
    const here = fixes[at]!;
    const pace = paceOf(here);
    const last = found.at(-1);
    if (last?.pace === pace) last.line.push([here.lng, here.lat]);
    else found.push({ pace, line: [[before.lng, before.lat], [here.lng, here.lat]] });
  }
  return found;
}

/** Where a moment stands on the time track, 0 to 1 from its beginning; the track runs with the reading. */
export function shareAt(fixes: readonly Fix[], at: string): number {
  const from = Date.parse(fixes[0]?.at ?? at);
  const to = Date.parse(fixes.at(-1)?.at ?? at);
  return to === from ? 0 : Math.min(1, Math.max(0, (Date.parse(at) - from) / (to - from)));
}

/** The fix nearest to a share of the track. */
export function fixAt(fixes: readonly Fix[], share: number): number {
  if (fixes.length === 0) return -1;
  const from = Date.parse(fixes[0]!.at);
  const to = Date.parse(fixes.at(-1)!.at);
  const moment = from + (to - from) * Math.min(1, Math.max(0, share));
  let best = 0;
  fixes.forEach((fix, index) => {
    if (Math.abs(Date.parse(fix.at) - moment) < Math.abs(Date.parse(fixes[best]!.at) - moment)) best = index;
  });
  return best;
}

/** Labels of the map without marks over the letters: a shadda would stand alone beside its letter. */
export const plainLabel = (text: string): string => text.replace(/[\u064b-\u0652\u0670\u0640]/g, '');
