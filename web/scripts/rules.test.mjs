import { describe, expect, it } from 'vitest';
import { codeFaults, screenFaults, styleFaults } from './rules.mjs';

describe('the rules find what is planted', () => {
  it('in styles', () => {
    for (const css of ['a{margin-left:4px}', 'a{left:0}', 'a{text-align:right}', 'a{padding: 1px 2px 3px 4px}', 'a{letter-spacing:1px}', 'a{border-top-left-radius:2px}']) {
      expect(styleFaults(css), css).toHaveLength(1);
    }
    for (const css of ['a{margin-inline-start:4px}', '.dw-amount{text-align:right}', 'a{padding: 1px 2px 3px 2px}', 'a{padding:0 8px}', '/* left: 0 */']) {
      expect(styleFaults(css), css).toEqual([]);
    }
  });

  it('in screens', () => {
    expect(screenFaults('<td>1,240.500</td>')).toHaveLength(1);
    expect(screenFaults('<b>المجموع</b>')).toHaveLength(1);
    expect(screenFaults('<Form.Item label="x">')).toHaveLength(1);
    expect(codeFaults('parseFloat(x)')).toHaveLength(1);
    expect(screenFaults('<td><Money value={row.paid} /></td>')).toEqual([]);
  });
});
