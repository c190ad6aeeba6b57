import type { EChartsOption } from 'echarts/types/dist/shared';
import { bandColour, type Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';
import { typeSize } from './trend';

/** A step takes something off what is left; the first and the last bar stand on the ground. */
export interface Step { name: string; value: number }

interface Frame { mode: Mode; size?: number; total: Step; steps: Step[]; rest: Step; text: (value: number) => string }

export function waterfallOption(frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const { total, steps, rest } = frame;
  const size = frame.size ?? typeSize.desk;
  const scale = size / typeSize.desk;
  let left = total.value;
  const falling = steps.map((step) => { left -= step.value; return { ...step, base: step.value < 0 ? left + step.value : left }; });
  const names = [total.name, ...steps.map((step) => step.name), rest.name];
  const bars = [total.value, ...falling.map((step) => Math.abs(step.value)), rest.value];
  const whole = total.value === 0 ? 1 : total.value;
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const at = (raw as { dataIndex: number }[])[0]?.dataIndex ?? 0;
        const value = at === 0 ? total.value : at === names.length - 1 ? rest.value : steps[at - 1]?.value ?? 0;
        return `${escapeHtml(names[at] ?? '')}<br><b>${escapeHtml(frame.text(value))}</b> · ${((100 * value) / whole).toFixed(1)}%`;
      },
    },
    grid: { left: 52 * scale, right: 8, top: 22 * scale, bottom: 28 * scale },
    xAxis: { type: 'category', data: names, axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, axisLabel: { color: style.palette.quiet, fontSize: size, interval: 0, hideOverlap: true, overflow: 'break', width: 76 * scale } },
    yAxis: { type: 'value', min: 0, max: total.value > 0 ? total.value : undefined, interval: total.value > 0 ? total.value / 4 : undefined, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, fontSize: size, formatter: (value: number) => `${Math.round((100 * value) / whole)}%` } },
    series: [
      { type: 'bar', stack: 'fall', silent: true, itemStyle: { color: 'transparent' }, data: [0, ...falling.map((step) => step.base), 0] },
      {
        type: 'bar', stack: 'fall', barMaxWidth: 56, labelLayout: { hideOverlap: true },
        data: bars.map((value, index) => ({ value, itemStyle: { color: index === 0 ? style.palette.faint : index === bars.length - 1 ? bandColour.green : style.palette.accent } })),
        label: { show: true, position: 'top', color: style.palette.quiet, fontSize: size, formatter: (label: { dataIndex: number }) => frame.text(label.dataIndex === 0 ? total.value : label.dataIndex === names.length - 1 ? rest.value : steps[label.dataIndex - 1]?.value ?? 0) },
      },
    ],
  };
}
