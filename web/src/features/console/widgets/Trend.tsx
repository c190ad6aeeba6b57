import { useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { get, segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { HistoryPoint, Indicator } from '../../../api/types';
import type { TrendLine } from '../../../charts/trend';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { Panel } from '../../../ui/page';
import { useThings, inOrder } from '../../directory/names';
import { IndicatorTrend } from '../../indicators/IndicatorTrend';
import type { WidgetProps } from './props';

const hoursOf: Record<string, number> = { shift: 8, hour: 1, day: 24, week: 168, month: 744 };
/** More lines than this in one chart cannot be told apart. */
const mostLines = 10;

interface History { points: HistoryPoint[] }

function read(item: Indicator, windows: number, signal: AbortSignal): Promise<History> {
  const span = (hoursOf[item.window.kind] ?? 8) * windows * 3_600_000;
  const query = { from: new Date(Date.parse(item.window.from) - span).toISOString(), to: item.window.to };
  return get<History>(`/api/indicators/${segment(item.indicator)}/${segment(item.thing)}/history`, query, signal);
}

/** The same array for as long as its parts are the same. */
function useSettled<T>(parts: T[]): T[] {
  const [held, setHeld] = useState<T[]>([]);
  if (parts.length !== held.length || parts.some((part, index) => part !== held[index])) setHeld(parts);
  return held;
}

/** The lowest at the end comes first, since that is the one to look at. */
function lowestFirst(lines: TrendLine[]): TrendLine[] {
  const last = (line: TrendLine) => line.points.findLast((point) => point.value !== null)?.value ?? Infinity;
  return [...lines].sort((a, b) => last(a) - last(b));
}

export function Trend({ widget, thing }: WidgetProps) {
  const { t, label } = useWords();
  const things = useThings();
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { indicator: widget.indicator, type: widget.of } : { indicator: widget.indicator, thing }), { limit: 1000, refetch: 60_000 });
  const windows = widget.windows ?? 21;
  const items = useMemo(() => {
    const order = new Map(inOrder(things.data ?? []).map((one, index) => [one.id, index]));
    return list.items.filter((one) => one.indicator === widget.indicator).sort((a, b) => (order.get(a.thing) ?? 0) - (order.get(b.thing) ?? 0)).slice(0, mostLines);
  }, [list.items, things.data, widget.indicator]);
  const histories = useQueries({ queries: items.map((item) => ({ queryKey: ['history', item.indicator, item.thing, windows, item.window.from], queryFn: ({ signal }: { signal: AbortSignal }) => read(item, windows, signal), refetchInterval: 120_000 })) });
  const data = useSettled(histories.map((history) => history.data));
  const lines = useMemo(() => lowestFirst(items.flatMap((item, index) => { const points = data[index]?.points.slice(-windows); return points === undefined ? [] : [{ name: item.thingName, points }]; })), [items, data, windows]);
  const first = items[0];
  const tools = <>{items.length === 1 && <span>{first?.thingName}</span>}<span>{t('widget.windows', { count: windows })}</span></>;
  return (
    <Panel title={t('widget.trend', { name: label(first?.name) })} tools={tools} testId="widget-trend">
      {first === undefined ? !list.loading && <div className="none">{t('widget.nothing')}</div> : lines.length > 0 && <IndicatorTrend lines={lines} unit={first.unit} label={label(first.name)} />}
    </Panel>
  );
}
