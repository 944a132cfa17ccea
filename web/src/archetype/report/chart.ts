import type { EChartsCoreOption } from 'echarts/core';

/** A chart of amounts: what it says in words, its categories in time or code order, its series. */
export interface ChartData {
  summary: string;
  categories: readonly string[];
  series: readonly { name: string; values: readonly bigint[] }[];
  /** Minor units of one shown unit: 1000n for dinars of fils, 1_000_000n for thousands. */
  per: bigint;
  unit: string;
  kind?: 'bars' | 'lines';
}

/** The inks of a chart, in their order; cinnabar is never among them. */
export interface ChartInks {
  series: readonly string[];
  ink: string;
  quiet: string;
  rule: string;
  paper: string;
  font: string;
}

/**
 * The chart for ECharts, which knows no direction: time runs with the reading, so in Arabic the axis is inverted, the
 * amounts stand at the right, legend and tooltip read from the right; no label is dropped.
 */
export function chartOption(data: ChartData, inks: ChartInks, rtl: boolean, still: boolean): EChartsCoreOption {
  // Pixels are all that a chart draws; whole units are enough for them, the table beside it is exact.
  const shown = (value: bigint) => Number(value / data.per);
  const text = { color: inks.quiet, fontFamily: inks.font, fontSize: 13 };
  return {
    color: [...inks.series],
    animation: !still,
    animationDuration: 200,
    textStyle: { fontFamily: inks.font },
    grid: { top: 56, bottom: 48, left: rtl ? 24 : 96, right: rtl ? 96 : 24, containLabel: false },
    legend: { top: 8, ...(rtl ? { right: 24, align: 'right' } : { left: 24, align: 'left' }), textStyle: { ...text, color: inks.ink }, itemGap: 24, data: data.series.map((one) => one.name) },
    tooltip: { trigger: 'axis', backgroundColor: inks.paper, borderColor: inks.rule, textStyle: { color: inks.ink, fontFamily: inks.font }, extraCssText: `direction:${rtl ? 'rtl' : 'ltr'};text-align:start;box-shadow:none` },
    xAxis: { type: 'category', inverse: rtl, data: [...data.categories], axisLabel: { ...text, interval: 0 }, axisLine: { lineStyle: { color: inks.rule } }, axisTick: { show: false } },
    yAxis: { type: 'value', position: rtl ? 'right' : 'left', name: data.unit, nameTextStyle: text, axisLabel: text, splitLine: { lineStyle: { color: inks.rule } } },
    series: data.series.map((one) => ({
      name: one.name,
      type: data.kind === 'lines' ? 'line' : 'bar',
      data: one.values.map(shown),
      barMaxWidth: 22,
      symbolSize: 7,
    })),
  };
}
