import { describe, expect, it } from 'vitest';
import { chartOption, type ChartData, type ChartInks } from './chart';

const data: ChartData = { summary: '', categories: ['1', '2', '3'], series: [{ name: 'مدفوع', values: [1_500n, 2_000n, -1_000n] }], per: 1000n, unit: 'دينار' };
const inks: ChartInks = { series: ['#0F5B4E'], ink: '#000', quiet: '#555', rule: '#ccc', paper: '#fff', font: 'x' };
const part = (option: unknown, name: string) => (option as Record<string, Record<string, unknown>>)[name]!;

describe('a chart', () => {
  it('runs with the reading: in Arabic from the right, amounts at the right, no label dropped', () => {
    const arabic = chartOption(data, inks, true, false);
    expect(part(arabic, 'xAxis')['inverse']).toBe(true);
    expect(part(arabic, 'yAxis')['position']).toBe('right');
    expect(part(arabic, 'legend')['align']).toBe('right');
    expect(part(arabic, 'xAxis')['axisLabel']).toMatchObject({ interval: 0 });
    expect(String(part(arabic, 'tooltip')['extraCssText'])).toContain('direction:rtl');
    const english = chartOption(data, inks, false, true);
    expect(part(english, 'xAxis')['inverse']).toBe(false);
    expect((english as Record<string, unknown>)['animation']).toBe(false);
  });
});
