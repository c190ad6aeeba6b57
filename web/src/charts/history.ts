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

interface Frame { mode: Mode; language: Language; zone: string; from: number; to: number; zoom: boolean }

/** One small chart per property, sharing the time axis; thresholds as thin dashed lines in their severity's colour. */
export function historyOption(tracks: Track[], frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const share = 100 / Math.max(1, tracks.length);
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
    grid: tracks.map((_, index) => ({ left: 52, right: 16, top: `${share * index + share * 0.02 + (tracks.length > 1 ? 1 : 0)}%`, height: `${share - 12 / Math.sqrt(tracks.length)}%`, containLabel: false })).map((grid, index) => (tracks.length === 1 ? { left: 52, right: 16, top: 24, bottom: 22 } : { ...grid, top: `${share * index + 7}%`, height: `${share - 13}%` })),
    xAxis: tracks.map((_, index) => ({
      type: 'time' as const, gridIndex: index, min: frame.from, max: frame.to, axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, splitLine: { show: false },
      axisLabel: { show: index === tracks.length - 1, color: style.palette.faint, fontSize: 11, hideOverlap: true, formatter: (value: number) => moment(value, frame.zone, long ? 'minute' : 'short') },
    })),
    yAxis: tracks.map((track, index) => ({
      type: 'value' as const, gridIndex: index, scale: !track.bars, splitNumber: tracks.length > 2 ? 2 : 4, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine,
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

/** Thresholds near the data stay in sight; a far one does not flatten the line. */
function scaleOver(track: Track) {
  if (track.thresholds.length === 0) return {};
  const limits = track.thresholds.map((line) => line.value);
  return {
    min: (range: { min: number; max: number }) => reach(range, Math.min(...limits), -1),
    max: (range: { min: number; max: number }) => reach(range, Math.max(...limits), 1),
  };
}

function reach(range: { min: number; max: number }, limit: number, side: 1 | -1): number {
  const span = Math.max(range.max - range.min, Math.abs(range.max) * 0.02, 1e-9);
  const edge = side === 1 ? range.max : range.min;
  const wanted = side === 1 ? Math.max(edge, limit) : Math.min(edge, limit);
  const reached = Math.abs(wanted - edge) > 3 * span ? edge : wanted;
  const rough = reached + side * span * 0.08;
  const step = 10 ** Math.floor(Math.log10(span));
  return side === 1 ? Math.ceil(rough / step) * step : Math.floor(rough / step) * step;
}
