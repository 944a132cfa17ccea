import { expect, it } from 'vitest';
import { forgetVisits, recent, visited } from './recent';

function store() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

it('the newest page stands first, once, whatever its conditions; eight are kept', () => {
  const kept = store();
  for (let n = 1; n <= 10; n += 1) visited({ href: `/p/${n}`, title: String(n) }, kept);
  visited({ href: '/p/5?by=ITEM', title: '5' }, kept);
  expect(recent(kept).map((visit) => visit.title)).toEqual(['5', '10', '9', '8', '7', '6', '4', '3']);
  expect(recent(kept)[0]?.href).toBe('/p/5?by=ITEM');
  forgetVisits(kept);
  expect(recent(kept)).toEqual([]);
});

it('what somebody else wrote there is not believed', () => {
  const kept = store();
  kept.setItem('diwan.recent', '{"a":1}');
  expect(recent(kept)).toEqual([]);
  kept.setItem('diwan.recent', 'no json');
  expect(recent(kept)).toEqual([]);
});
