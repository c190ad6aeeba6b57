import type { EChartsOption } from 'echarts/types/dist/shared';
import type { Trace } from '../api/trace';
import { bandColour, type Mode } from '../theme/tokens';
import { chartStyle, escapeHtml } from './style';

/** More than so many dots tell nobody anything; the list below has them all. */
export const mostDrawn = 240;

/** A label of each is readable up to so many in one column; up to fewer it stands below its dot, in every other column above, out of the way of lines and neighbours. */
const labelled = 24;
const roomy = 7;

export interface Spot { id: string; name: string; x: number; y: number; hidden: boolean; root: boolean }

/** Where each object stands: a column for each step from what was asked for, in the direction in which things went. */
export function spots(trace: Trace, nameOf: (id: string) => string): Spot[] {
  const columns = new Map<number, Trace['nodes']>();
  for (const node of trace.nodes) columns.set(node.depth, [...(columns.get(node.depth) ?? []), node]);
  return [...columns].flatMap(([depth, nodes]) => nodes.map((node, at) => ({
    id: node.id, name: nameOf(node.id), x: trace.direction === 'forward' ? depth : -depth, y: (at + 0.5) / nodes.length, hidden: node.hidden.length > 0, root: node.id === trace.root,
  })));
}

export function lineageOption(trace: Trace, frame: { mode: Mode; nameOf: (id: string) => string; tip: (id: string) => string[] }): EChartsOption {
  const style = chartStyle(frame.mode);
  const placed = spots(trace, frame.nameOf);
  const columns = placed.map((spot) => spot.x);
  const inColumn = new Map<number, number>();
  for (const spot of placed) inColumn.set(spot.x, (inColumn.get(spot.x) ?? 0) + 1);
  const last = Math.max(...columns);
  const isRoomy = (column: number) => (inColumn.get(column) ?? 0) <= roomy;
  return {
    animation: false,
    textStyle: style.text,
    tooltip: { ...style.tooltip, trigger: 'item', formatter: (raw: unknown) => { const at = raw as { dataType?: string; data?: { id?: string } }; return at.dataType === 'node' ? frame.tip(at.data?.id ?? '').map(escapeHtml).join('<br>') : ''; } },
    // On axes that nobody sees, so that dots stay round whatever the size of the chart.
    grid: { left: 44, right: 44, top: 20, bottom: 20 },
    xAxis: { type: 'value', show: false, min: Math.min(...columns) - 0.05, max: last + (isRoomy(last) ? 0.05 : 0.3) },
    yAxis: { type: 'value', show: false, min: 0, max: 1, inverse: true },
    series: [{
      type: 'graph', coordinateSystem: 'cartesian2d', layout: 'none',
      edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 6,
      lineStyle: { color: style.palette.faint, width: 1, opacity: 0.7 },
      emphasis: { focus: 'adjacency' },
      labelLayout: { hideOverlap: true },
      data: placed.map((spot) => ({
        id: spot.id, name: spot.name, value: [spot.x, spot.y],
        symbolSize: spot.root ? 14 : 9,
        itemStyle: { color: spot.hidden ? bandColour.orange : spot.root ? style.palette.accent : style.palette.quiet },
        label: { show: spot.root || (inColumn.get(spot.x) ?? 0) <= labelled, position: !isRoomy(spot.x) ? 'right' : spot.x % 2 === 0 ? 'bottom' : 'top', formatter: '{b}', color: style.palette.text, fontSize: 11, textBorderColor: style.palette.panel, textBorderWidth: 2 },
      })),
      links: trace.links.map((link) => ({ source: link.from, target: link.to, lineStyle: link.kind === 'aggregation' || link.kind === 'association' ? { type: 'dashed' as const } : {} })),
    }],
  };
}
