import { describe, expect, it } from 'vitest';
import { moveOf, type Branch } from './tree';

const seen: Branch[] = [
  { id: 'state', level: 1, open: true, parent: true },
  { id: 'works', level: 2, open: true, parent: true },
  { id: 'roads', level: 3, open: false, parent: true },
  { id: 'water', level: 2, open: false, parent: false },
];

describe('the keys of the tree', () => {
  it('go up and down what is seen, to its ends, and no further', () => {
    expect(moveOf('ArrowDown', 'works', seen, true)).toEqual({ kind: 'to', id: 'roads' });
    expect(moveOf('ArrowUp', 'state', seen, true)).toBeUndefined();
    expect(moveOf('End', 'state', seen, true)).toEqual({ kind: 'to', id: 'water' });
    expect(moveOf('Home', 'water', seen, true)).toEqual({ kind: 'to', id: 'state' });
  });

  it('open inwards, which is to the left in Arabic, and step out to the parent', () => {
    expect(moveOf('ArrowLeft', 'roads', seen, true)).toEqual({ kind: 'open', id: 'roads' });
    expect(moveOf('ArrowRight', 'roads', seen, false)).toEqual({ kind: 'open', id: 'roads' });
    expect(moveOf('ArrowLeft', 'works', seen, true)).toEqual({ kind: 'to', id: 'roads' });
    expect(moveOf('ArrowRight', 'works', seen, true)).toEqual({ kind: 'close', id: 'works' });
    expect(moveOf('ArrowRight', 'roads', seen, true)).toEqual({ kind: 'to', id: 'works' });
    expect(moveOf('ArrowLeft', 'water', seen, true)).toBeUndefined();
  });
});
