import type { EChartsOption } from 'echarts/types/dist/shared';
import type { HistoryPoint } from '../api/types';
import { number } from '../format/numbers';
import { moment } from '../format/times';
import type { Language } from '../i18n/language';
import { bandColour, type Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';

interface Frame { mode: Mode; language: Language; zone: string; unit: string; factor: number; bandWord: (band: HistoryPoint['band']) => string }

/** A value per window as columns, its band as a thin strip beneath. */
export function trendOption(points: HistoryPoint[], frame: Frame): EChartsOption {
  const style = chartStyle(frame.mode);
  const labels = points.map((point) => moment(point.from, frame.zone, 'minute'));
  return {
    animation: false,
    textStyle: style.text,
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const point = points[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        if (point === undefined) return '';
        const value = point.value === null ? '–' : `<b>${number(point.value * frame.factor, frame.language, frame.factor === 100 ? 1 : undefined)}</b> ${escapeHtml(frame.unit)}`;
        return `${moment(point.from, frame.zone, 'minute')} – ${moment(point.to, frame.zone, 'short')}<br>${value} ${escapeHtml(frame.bandWord(point.band))}`;
      },
    },
    grid: [{ left: 40, right: 8, top: 10, bottom: 32 }, { left: 40, right: 8, height: 4, bottom: 24 }],
    xAxis: [
      { type: 'category', data: labels, show: false, gridIndex: 0 },
      { type: 'category', data: labels, gridIndex: 1, axisLine: { show: false }, axisTick: style.axisTick, axisLabel: { color: style.palette.faint, fontSize: 11, margin: 6, hideOverlap: true } },
    ],
    yAxis: [
      { type: 'value', gridIndex: 0, scale: true, splitNumber: 3, max: frame.factor === 100 ? 100 : undefined, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, fontSize: 11, formatter: (value: number) => number(value, frame.language) } },
      { type: 'value', gridIndex: 1, min: 0, max: 1, show: false },
    ],
    series: [
      { type: 'line', data: points.map((point) => (point.value === null ? null : point.value * frame.factor)), lineStyle: { color: style.palette.accent, width: 1.6 }, itemStyle: { color: style.palette.accent }, symbol: 'circle', symbolSize: points.length > 40 ? 0 : 5, connectNulls: false },
      { type: 'bar', xAxisIndex: 1, yAxisIndex: 1, barCategoryGap: '10%', silent: true, data: points.map((point) => ({ value: 1, itemStyle: { color: point.band === null ? style.palette.line : bandColour[point.band] } })) },
    ],
  };
}
