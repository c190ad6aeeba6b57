import type { EChartsOption } from 'echarts/types/dist/shared';
import type { ControlChart, Limits } from '../api/types';
import { number } from '../format/numbers';
import { moment } from '../format/times';
import type { Language } from '../i18n/language';
import { bandColour, type Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';
import { typeSize } from './trend';

interface Frame {
  mode: Mode; size?: number; language: Language; zone: string; name: string; spreadName: string; factor: number; lower?: number; upper?: number;
  words: { lcl: string; ucl: string; centre: string; lsl: string; usl: string; rules: (rules: string) => string };
}

const line = (size: number, at: number, name: string, colour: string, dashed: boolean, shift = 0) => ({ yAxis: at, name, lineStyle: { color: colour, width: 1, type: dashed ? 'dashed' as const : 'solid' as const }, label: { formatter: name, position: 'end' as const, color: colour, fontSize: size, offset: [0, shift] } });

/** Limits that take up less than this share of the chart have their names moved apart, each a line of type from the centre's. */
const close = 0.14;

/** Points with their limits, and below them their spread; what is out of control is red and has a mark of its own. */
export function spcOption(chart: ControlChart, frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const size = frame.size ?? typeSize.desk;
  const scale = size / typeSize.desk;
  const scaled = (value: number) => value * frame.factor;
  const marks = (limits: Limits, fixed: boolean, apart = 0) => [line(size, scaled(limits.centre), frame.words.centre, style.palette.quiet, false), ...(fixed ? [line(size, scaled(limits.lower), frame.words.lcl, bandColour.orange, true, apart), line(size, scaled(limits.upper), frame.words.ucl, bandColour.orange, true, -apart)] : [])];
  const spread = chart.spread;
  const spec = [...(frame.lower === undefined ? [] : [line(size, frame.lower, frame.words.lsl, bandColour.red, false)]), ...(frame.upper === undefined ? [] : [line(size, frame.upper, frame.words.usl, bandColour.red, false)])];
  const bad = { itemStyle: { color: bandColour.red }, symbol: 'diamond', symbolSize: 10 };
  const varying = chart.chart === 'p' && chart.limits !== null;
  const step = { type: 'line' as const, step: 'middle' as const, symbol: 'none', silent: true, lineStyle: { color: bandColour.orange, width: 1, type: 'dashed' as const } };
  const known = chart.points.flatMap((point) => [scaled(point.value), scaled(point.lower), scaled(point.upper)]);
  const bounds = [...known, ...(frame.lower === undefined ? [] : [frame.lower]), ...(frame.upper === undefined ? [] : [frame.upper])];
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  const room = (high - low) * 0.06;
  const axis = { type: 'value' as const, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: { show: false }, axisLabel: { color: style.palette.faint, fontSize: size, formatter: (value: number) => number(value, frame.language), showMinLabel: false, showMaxLabel: false } };
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const point = chart.points[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        if (point === undefined) return '';
        const rows = [`${escapeHtml(frame.name)} <b>${number(scaled(point.value), frame.language)}</b> (${number(scaled(point.lower), frame.language)}–${number(scaled(point.upper), frame.language)})`];
        if (point.spread !== null) rows.push(`${escapeHtml(frame.spreadName)} <b>${number(point.spread, frame.language)}</b>`);
        if (point.rules.length > 0) rows.push(`<b>${escapeHtml(frame.words.rules(point.rules.join(', ')))}</b>`);
        return [moment(point.at, frame.zone), ...rows].join('<br>');
      },
    },
    grid: spread === null ? [{ left: 52 * scale, right: 72 * scale, top: 12, bottom: 24 * scale }] : [{ left: 52 * scale, right: 72 * scale, top: 12, bottom: '42%' }, { left: 52 * scale, right: 72 * scale, top: '66%', bottom: 24 * scale }],
    xAxis: [0, ...(spread === null ? [] : [1])].map((index) => ({ type: 'category' as const, gridIndex: index, data: chart.points.map((point) => moment(point.at, frame.zone, 'minute')), axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, axisLabel: { show: spread === null || index === 1, color: style.palette.faint, fontSize: size, hideOverlap: true } })),
    yAxis: [{ ...axis, min: chart.points.length === 0 ? undefined : low - room, max: chart.points.length === 0 ? undefined : high + room }, ...(spread === null ? [] : [{ ...axis, gridIndex: 1, min: 0 }])],
    series: [
      {
        type: 'line', data: chart.points.map((point) => ({ value: scaled(point.value), ...(point.rules.length > 0 ? bad : {}) })), symbol: 'circle', symbolSize: 4, lineStyle: { color: style.palette.accent, width: 1.4 }, itemStyle: { color: style.palette.accent },
        markLine: chart.limits === null ? undefined : { silent: true, symbol: 'none', precision: 6, data: [...marks(chart.limits, !varying, scaled(chart.limits.upper - chart.limits.lower) < close * (high - low) ? size + 1 : 0), ...spec] },
      },
      ...(varying ? [{ ...step, data: chart.points.map((point) => scaled(point.lower)) }, { ...step, data: chart.points.map((point) => scaled(point.upper)) }] : []),
      ...(spread === null ? [] : [{
        type: 'line' as const, xAxisIndex: 1, yAxisIndex: 1, data: chart.points.map((point) => (point.spread === null ? null : { value: point.spread, ...(point.spreadOut ? bad : {}) })), symbol: 'circle', symbolSize: 3, lineStyle: { color: style.palette.quiet, width: 1.2 }, itemStyle: { color: style.palette.quiet },
        markLine: { silent: true, symbol: 'none', precision: 6, data: marks(spread, true) },
      }]),
    ],
  };
}
