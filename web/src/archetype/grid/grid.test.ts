import { describe, expect, it } from 'vitest';
import { evaluate } from './formula';
import { applied, copiedDown, led, parseTable, pasted, withoutRow } from './model';

const value = (text: string) => {
  const answer = evaluate(text, 'JOD');
  return 'value' in answer ? answer.value.amount : answer.refusal;
};

describe('a formula in a cell', () => {
  it('is exact, in either digit family', () => {
    expect(value('=1000*3+250.5')).toBe('3250.500');
    expect(value('=٠٫١+٠٫٢')).toBe('0.300');
    expect(value('=(1,200 - 200) / 8')).toBe('125.000');
    expect(value('= -5 + 2 × 3')).toBe('1.000');
    expect(value('=100000000000.001*3')).toBe('300000000000.003');
  });

  it('refuses what does not come out, and never rounds', () => {
    expect(value('=10/3')).toBe('precision');
    expect(value('=0.0005')).toBe('precision');
    expect(value('=1/0')).toBe('division');
    for (const text of ['=', '=1+', '=(1', '=1 2', '=alert(1)', '=A1+A2', '=1..2']) expect(value(text), text).toBe('formula');
    expect(value('=9223372036854775.808')).toBe('size');
  });
});

describe('keys in the grid', () => {
  const size = { rows: 2, columns: 3 };
  it('move as seen: the left arrow goes on in Arabic and back in English', () => {
    expect(led({ row: 0, column: 0 }, 'ArrowLeft', size, true)).toEqual({ row: 0, column: 1 });
    expect(led({ row: 0, column: 1 }, 'ArrowLeft', size, false)).toEqual({ row: 0, column: 0 });
    expect(led({ row: 0, column: 0 }, 'ArrowRight', size, true)).toEqual({ row: 0, column: 0 });
  });
  it('reach the next row by Tab, and leave the grid after its last cell', () => {
    expect(led({ row: 0, column: 2 }, 'Tab', size, true)).toEqual({ row: 1, column: 0 });
    expect(led({ row: 1, column: 2 }, 'Tab', size, true)).toBeUndefined();
    expect(led({ row: 0, column: 0 }, 'Shift+Tab', size, true)).toBeUndefined();
    expect(led({ row: 0, column: 1 }, 'Enter', size, true)).toEqual({ row: 1, column: 1 });
  });
});

describe('rows', () => {
  it('are copied down cell by cell', () => {
    expect(copiedDown([['a', '1'], ['b', '']], { row: 1, column: 1 })).toEqual([['a', '1'], ['b', '1']]);
    expect(copiedDown([['a', '1']], { row: 0, column: 1 })).toEqual([['a', '1']]);
  });
  it('never become none', () => {
    expect(withoutRow([['a', '1']], 0, 2)).toEqual([['', '']]);
  });
});

describe('a paste from a spreadsheet', () => {
  it('is read as spreadsheets write it', () => {
    expect(parseTable('a\t1\r\nb\t"2\n3"\r\n')).toEqual([['a', '1'], ['b', '2\n3']]);
    expect(parseTable('"say ""so"""')).toEqual([['say "so"']]);
  });
  it('shows what is refused before anything is changed, and takes the rest', () => {
    const refuse = (column: number, text: string) => (column === 1 && !/^\d+$/.test(text) ? 'no amount' : undefined);
    const paste = pasted(parseTable('x\t10\tmore\ny\tten'), { row: 0, column: 0 }, 2, refuse);
    expect(paste.refused).toBe(1);
    expect(paste.beyond).toBe(1);
    expect(paste.cells.find((cell) => cell.refusal)).toMatchObject({ row: 1, column: 1, text: 'ten' });
    expect(applied([['', '']], paste, 2)).toEqual([['x', '10'], ['y', '']]);
  });
});
