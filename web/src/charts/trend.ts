import type { EChartsOption } from 'echarts/types/dist/shared';
import type { HistoryPoint } from '../api/types';
import { number } from '../format/numbers';
import { moment } from '../format/times';
import type { Language } from '../i18n/language';
import { bandColour, type Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';

/** The same windows of one thing; the first of several is the one that is pressed forward. */
export interface TrendLine { name: string; points: HistoryPoint[] }

/** Type size of a screen at arm's length; a wall is read from three metres. */
export const typeSize = { desk: 11, wall: 18 } as const;

interface Frame { size: number; mode: Mode; language: Language; zone: string; unit: string; factor: number; bandWord: (band: HistoryPoint['band']) => string }

/** How far the names at the ends of lines are moved down so that none lies on another; the plot is about sixteen lines of type high. */
export function endShifts(ends: (number | null)[], range: number, size: number): number[] {
  const known = ends.flatMap((value, index) => (value === null ? [] : [{ value, index }])).sort((a, b) => b.value - a.value);
  const shifts = ends.map(() => 0);
  let free = -Infinity;
  for (const { value, index } of known) {
    const at = (((known[0]?.value ?? 0) - value) / Math.max(range, 1e-9)) * size * 16;
    const placed = Math.max(at, free);
    shifts[index] = placed - at;
    free = placed + size * 1.2;
  }
  return shifts;
}

/** A value per window as columns, its band as a thin strip beneath. */
export function trendOption(lines: TrendLine[], frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const points = lines[0]?.points ?? [];
  const many = lines.length > 1;
  const { size } = frame;
  const scale = size / typeSize.desk;
  const values = lines.flatMap((line) => line.points.flatMap((point) => point.value ?? []));
  const shifts = endShifts(lines.map((line) => line.points.findLast((point) => point.value !== null)?.value ?? null), Math.max(...values) - Math.min(...values), size);
  const first = points[0];
  const brief = first !== undefined && Date.parse(first.to) - Date.parse(first.from) < 60_000;
  const labels = points.map((point) => moment(point.from, frame.zone, brief ? 'clock' : 'minute'));
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const point = points[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        if (point === undefined) return '';
        const rows = lines.map((line) => {
          const at = line.points.find((one) => one.from === point.from);
          const value = at === undefined || at.value === null ? '–' : number(at.value * frame.factor, frame.language, frame.factor === 100 ? 1 : undefined);
          return `${many ? `${escapeHtml(line.name)} ` : ''}<b>${value}</b> ${escapeHtml(frame.unit)} ${escapeHtml(frame.bandWord(at?.band ?? null))}`;
        });
        return [`${moment(point.from, frame.zone, brief ? 'clock' : 'minute')} – ${moment(point.to, frame.zone, brief ? 'clock' : 'short')}`, ...rows].join('<br>');
      },
    },
    grid: [{ left: 40 * scale, right: (many ? 92 : 8) * scale, top: 10, bottom: 32 * scale }, { left: 40 * scale, right: (many ? 92 : 8) * scale, height: 4 * scale, bottom: 24 * scale, show: false }],
    xAxis: [
      { type: 'category', data: labels, show: false, gridIndex: 0 },
      { type: 'category', data: labels, gridIndex: 1, axisLine: { show: false }, axisTick: style.axisTick, axisLabel: { color: style.palette.faint, fontSize: size, margin: 6 * scale, hideOverlap: true } },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, scale: true, splitNumber: 3, max: frame.factor === 100 ? 100 : undefined, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, fontSize: size, formatter: (value: number) => number(value, frame.language) } },
      { type: 'value', gridIndex: 1, min: 0, max: 1, show: false },
    ],
    series: [
      ...lines.map((line, index) => {
        const colour = index === 0 ? style.palette.accent : style.palette.faint;
        const data = points.map((point) => { const value = line.points.find((one) => one.from === point.from)?.value; return value === undefined || value === null ? null : value * frame.factor; });
        return {
          type: 'line' as const, data, z: index === 0 ? 4 : 3, lineStyle: { color: colour, width: (index === 0 ? 1.8 : 1.1) * scale }, itemStyle: { color: colour }, symbol: 'circle', symbolSize: points.length > 40 || index > 0 ? 0 : 5 * scale, connectNulls: false,
          endLabel: many ? { show: true, formatter: line.name, color: index === 0 ? style.palette.text : style.palette.quiet, offset: [0, shifts[index] ?? 0], fontSize: size, width: 80 * scale, overflow: 'truncate' as const } : undefined,
        };
      }),
      ...(many ? [] : [{ type: 'bar' as const, xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: '10%', silent: true, data: points.map((point) => ({ value: 1, itemStyle: { color: point.band === null ? style.palette.line : bandColour[point.band] } })) }]),
    ],
  };
}
