import type { EChartsOption } from 'echarts/types/dist/shared';
import type { Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';
import { typeSize } from './trend';
import type { Step } from './waterfall';

/** Greatest first; what has nothing is left out. */
export function ranked(parts: Step[]): { parts: Step[]; cumulated: number[] } {
  const sorted = parts.filter((part) => part.value > 0).sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
  const sum = sorted.reduce((total, part) => total + part.value, 0);
  let upto = 0;
  return { parts: sorted, cumulated: sorted.map((part) => { upto += part.value; return (100 * upto) / sum; }) };
}

export function paretoOption(all: Step[], frame: { mode: Mode; size?: number; text: (value: number) => string; share: string }): EChartsOption {
  const style = chartStyle(frame.mode);
  const { parts, cumulated } = ranked(all);
  const size = frame.size ?? typeSize.desk;
  const scale = size / typeSize.desk;
  // The line begins at the top of the first bar and rises to the right: the label stands left of it.
  const within = { align: 'right' as const, offset: [-4, 0] };
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const at = (raw as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        return `${escapeHtml(parts[at]?.name ?? '')}<br><b>${escapeHtml(frame.text(parts[at]?.value ?? 0))}</b> · ${escapeHtml(frame.share)} ${(cumulated[at] ?? 0).toFixed(1)}%`;
      },
    },
    grid: { left: 56 * scale, right: 40 * scale, top: 22 * scale, bottom: 30 * scale, containLabel: false },
    xAxis: { type: 'category', data: parts.map((part) => part.name), axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, axisLabel: { color: style.palette.quiet, fontSize: size, interval: 0, overflow: 'break', width: 72 * scale } },
    yAxis: [
      { type: 'value', show: false, min: 0, max: parts.reduce((sum, part) => sum + part.value, 0) || undefined },
      { type: 'value', min: 0, max: 100, position: 'right', axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, fontSize: size, formatter: '{value}%' } },
    ],
    series: [
      { type: 'bar', data: parts.map((part, index) => (index === 0 ? { value: part.value, label: within } : part.value)), barMaxWidth: 56, labelLayout: { hideOverlap: true }, itemStyle: { color: style.palette.accent }, label: { show: true, position: 'top', color: style.palette.quiet, fontSize: size, formatter: (label: { dataIndex: number }) => frame.text(parts[label.dataIndex]?.value ?? 0) } },
      { type: 'line', yAxisIndex: 1, data: cumulated, symbol: 'circle', symbolSize: 5, lineStyle: { color: style.palette.quiet, width: 1.4 }, itemStyle: { color: style.palette.quiet } },
    ],
  };
}
