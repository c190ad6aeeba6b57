import type { EChartsOption } from 'echarts/types/dist/shared';
import type { Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';
import { typeSize } from './trend';

/** A bar without a value is a gap that keeps its place. */
export interface Bar { name: string; value: number | null; note: string }

/** `whole`: values are parts of one; `counted`: whole numbers. */
interface Frame { mode: Mode; lying: boolean; whole?: boolean; counted?: boolean; text: (value: number) => string; tick?: (value: number) => string }

const nameWidth = 116;

/** Bars on one scale from zero: months stand side by side, names lie one below the other, where there is room to read them. */
export function barsOption(bars: Bar[], { mode, lying, whole = false, counted = false, text, tick = text }: Frame): EChartsOption {
  const style = chartStyle(mode);
  const names = {
    type: 'category' as const, data: bars.map((bar) => bar.name), inverse: lying, axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick,
    axisLabel: { color: style.palette.quiet, fontSize: typeSize.desk, ...(lying ? { width: nameWidth, overflow: 'truncate' as const, interval: 0 } : { hideOverlap: true }) },
  };
  const values = {
    type: 'value' as const, min: 0, max: whole ? 1 : undefined, interval: whole ? 0.25 : undefined, minInterval: counted ? 1 : undefined, splitNumber: 4, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine,
    axisLabel: { color: style.palette.faint, fontSize: typeSize.desk, formatter: tick, hideOverlap: true },
  };
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const bar = bars[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        return bar === undefined ? '' : `${escapeHtml(bar.name)}<br><b>${escapeHtml(bar.value === null ? '–' : text(bar.value))}</b> ${escapeHtml(bar.note)}`;
      },
    },
    grid: lying ? { left: nameWidth + 12, right: 56, top: 4, bottom: 24 } : { left: 56, right: 16, top: 24, bottom: 24 },
    xAxis: lying ? values : names,
    yAxis: lying ? names : values,
    series: [{
      type: 'bar', data: bars.map((bar) => bar.value), barMaxWidth: lying ? 16 : 48, labelLayout: { hideOverlap: true }, itemStyle: { color: style.palette.accent },
      label: { show: true, position: lying ? 'right' : 'top', color: style.palette.quiet, fontSize: typeSize.desk, formatter: ({ dataIndex }: { dataIndex: number }) => text(bars[dataIndex]?.value ?? 0) },
    }],
  };
}
