import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { usePreferences } from '../../preferences/preferences';
import { ink } from '../../theme/ink';
import { chartOption, type ChartData } from './chart';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** The drawn form of a report's table; read out it is its summary, the figures are one key away. */
export default function Chart({ data, name }: { data: ChartData; name: string }) {
  const { language, mode } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const c = ink[mode];
    const chart = init(box.current);
    const inks = { series: [c.zinjar, c.lazward, c.maghra, '#6B5B95', '#3F8A7B', '#8A8F3C', c.ink3], ink: c.ink, quiet: c.ink3, rule: c.rule, paper: c.raised, font: getComputedStyle(document.body).fontFamily };
    chart.setOption(chartOption(data, inks, language === 'ar', matchMedia('(prefers-reduced-motion: reduce)').matches));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [data, language, mode]);
  return (
    <figure className="dw-chart" aria-label={`${name}. ${data.summary}`} role="img">
      <div ref={box} aria-hidden="true" />
      <figcaption>{data.summary}</figcaption>
    </figure>
  );
}
