import type { EChartsOption } from 'echarts/types/dist/shared';
import type { DayCount } from '../../../api/identifiers';
import { chartStyle, escapeHtml } from '../../../charts/style';
import type { Mode } from '../../../theme/tokens';

export interface Day { day: string; found: number; missed: number; registered: number }
export interface Asker { party: string | null; found: number; missed: number }

const oneDay = 86_400_000;

/** The day, so many days before another. */
export const dayBefore = (day: string, days: number) => new Date(Date.parse(day) - days * oneDay).toISOString().slice(0, 10);

/** Sums by day; a day of which nothing was counted has zeros. */
export function daysOf(counts: DayCount[], last: string, length: number): Day[] {
  const days = Array.from({ length }, (_, at) => ({ day: dayBefore(last, length - 1 - at), found: 0, missed: 0, registered: 0 }));
  const byDay = new Map(days.map((day) => [day.day, day]));
  for (const count of counts) {
    const day = byDay.get(count.day);
    if (day === undefined) continue;
    day.found += count.found;
    day.missed += count.missed;
    day.registered += count.registered;
  }
  return days;
}

/** Who asked how often, most first; who asked nothing is left out. */
export function askersOf(counts: DayCount[]): Asker[] {
  const askers = new Map<string | null, Asker>();
  for (const { party, found, missed } of counts) {
    const asker = askers.get(party) ?? { party, found: 0, missed: 0 };
    askers.set(party, { party, found: asker.found + found, missed: asker.missed + missed });
  }
  return [...askers.values()].filter((asker) => asker.found + asker.missed > 0).sort((a, b) => b.found + b.missed - a.found - a.missed);
}

interface Frame { mode: Mode; text: (value: number) => string; words: { found: string; missed: string; registered: string; resolved: string } }

/** Resolutions above, what was not found on top of what was; registrations below, on a scale of their own. */
export function countsOption(days: Day[], { mode, text, words }: Frame): EChartsOption {
  const style = chartStyle(mode);
  const labels = days.map((day) => day.day.slice(5));
  const axis = (index: number, shown: boolean) => ({ type: 'category' as const, gridIndex: index, data: labels, axisLine: { lineStyle: { color: style.palette.line } }, axisTick: style.axisTick, axisLabel: { show: shown, color: style.palette.faint } });
  const scale = (index: number, name: string) => ({ type: 'value' as const, gridIndex: index, name, nameGap: 8, nameTextStyle: { color: style.palette.quiet, align: 'left' as const }, minInterval: 1, splitNumber: 2, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, formatter: (value: number) => text(value) } });
  const bar = (name: string, index: number, colour: string, data: number[], stack?: string) => ({ type: 'bar' as const, name, xAxisIndex: index, yAxisIndex: index, data, stack, barCategoryGap: '30%', itemStyle: { color: colour } });
  return {
    animation: false,
    textStyle: style.text,
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: {
      ...style.tooltip,
      formatter: (raw: unknown) => {
        const day = days[(raw as { dataIndex: number }[])[0]?.dataIndex ?? -1];
        return day === undefined ? '' : [escapeHtml(day.day), ...(['found', 'missed', 'registered'] as const).map((part) => `${escapeHtml(words[part])} <b>${escapeHtml(text(day[part]))}</b>`)].join('<br>');
      },
    },
    grid: [{ left: 56, right: 8, top: 26, height: 84 }, { left: 56, right: 8, top: 144, height: 48 }],
    xAxis: [axis(0, false), axis(1, true)],
    yAxis: [scale(0, words.resolved), scale(1, words.registered)],
    series: [
      bar(words.found, 0, style.palette.accent, days.map((day) => day.found), 'resolved'),
      bar(words.missed, 0, style.palette.faint, days.map((day) => day.missed), 'resolved'),
      bar(words.registered, 1, style.palette.quiet, days.map((day) => day.registered)),
    ],
  };
}
