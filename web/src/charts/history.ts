import type { EChartsOption } from 'echarts/types/dist/shared';
import { number } from '../format/numbers';
import { moment } from '../format/times';
import type { Language } from '../i18n/language';
import { bandColour, type Mode } from '../theme/tokens';
import type { Severity } from '../api/types';
import { chartStyle, escapeHtml } from './style';
import type { Point } from './gaps';

export interface Threshold { value: number; severity: Severity; name: string }
export interface Track { name: string; unit: string; points: Point[]; bars: boolean; thresholds: Threshold[]; digits?: number }

interface Frame { mode: Mode; language: Language; zone: string; from: number; to: number; zoom: boolean; height: number }

/** Room above a track for its name, and below the last for the time axis. */
const head = 28;
const foot = 24;

/** One small chart per property, sharing the time axis; thresholds as thin dashed lines in their severity's colour. */
export function historyOption(tracks: Track[], frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const each = Math.max(32, (frame.height - foot - tracks.length * head) / Math.max(1, tracks.length));
  const long = frame.to - frame.from > 86_400_000;
  return {
    animation: false,
    textStyle: style.text,
    toolbox: frame.zoom ? { show: true, itemSize: 0, feature: { dataZoom: { yAxisIndex: false, title: { zoom: '', back: '' }, brushStyle: { color: style.palette.accent, opacity: 0.15 } } } } : undefined,
    dataZoom: frame.zoom ? [{ type: 'inside', xAxisIndex: tracks.map((_, index) => index), zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, filterMode: 'none' }] : undefined,
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const items = raw as { axisValue: number; seriesIndex: number; value: Point }[];
        const first = items[0];
        if (first === undefined) return '';
        const lines = items.map((item) => {
          const track = tracks[item.seriesIndex];
          const value = item.value[1];
          return track === undefined || value === null ? '' : `${escapeHtml(track.name)} <b>${number(value, frame.language)}</b> ${escapeHtml(track.unit)}`;
        }).filter((line) => line !== '');
        return [moment(first.axisValue, frame.zone), ...lines].join('<br>');
      },
    },
    grid: tracks.map((_, index) => ({ left: 52, right: 16, top: head + index * (each + head), height: each })),
    xAxis: tracks.map((_, index) => ({
      type: 'time' as const, gridIndex: index, min: frame.from, max: frame.to, axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, splitLine: { show: false },
      axisLabel: { show: index === tracks.length - 1, color: style.palette.faint, fontSize: 11, hideOverlap: true, formatter: (value: number) => moment(value, frame.zone, long ? 'minute' : 'short') },
    })),
    yAxis: tracks.map((track, index) => ({
      type: 'value' as const, gridIndex: index, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine,
      name: track.unit === '' ? track.name : `${track.name} ${track.unit}`, nameTextStyle: { color: style.palette.quiet, align: 'left' as const, padding: [0, 0, 0, -44] }, nameGap: 8,
      axisLabel: { color: style.palette.faint, fontSize: 11, formatter: (value: number) => number(value, frame.language) },
      ...scaleOver(track),
    })),
    series: tracks.map((track, index) => ({
      type: track.bars ? 'bar' as const : 'line' as const, xAxisIndex: index, yAxisIndex: index, data: track.points, connectNulls: false, showSymbol: false, sampling: track.bars ? undefined : 'lttb' as const,
      lineStyle: { width: 1.4, color: style.palette.accent }, itemStyle: { color: style.palette.accent }, barMaxWidth: 6,
      markLine: track.thresholds.length === 0 ? undefined : {
        silent: true, symbol: 'none', precision: 6,
        data: track.thresholds.map((line) => ({ yAxis: line.value, name: line.name, lineStyle: { color: bandColour[line.severity], type: 'dashed' as const, width: 1 }, label: { formatter: line.name, position: 'insideEndTop' as const, color: style.palette.quiet, fontSize: 11 } })),
      },
    })),
  };
}

/** Round bounds around the data; thresholds near it stay in sight, a far one does not flatten the line. */
function scaleOver(track: Track): { min?: number; max?: number; interval?: number } {
  const values = track.points.flatMap(([, value]) => (value === null ? [] : [value]));
  if (values.length === 0) return {};
  let low = values.reduce((least, value) => Math.min(least, value), track.bars ? 0 : Infinity);
  let high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const span = Math.max(high - low, Math.abs(high) * 0.02, 1e-6);
  for (const { value } of track.thresholds) {
    if (value > high && value - high <= 3 * span) high = value;
    if (value < low && low - value <= 3 * span) low = value;
  }
  const interval = roundStep(Math.max(high - low, span) / 3);
  return { min: Math.floor(low / interval) * interval, max: Math.ceil((high + interval * 0.05) / interval) * interval, interval };
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}
