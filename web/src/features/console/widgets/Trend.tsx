import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get, segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { HistoryPoint, Indicator } from '../../../api/types';
import type { TrendLine } from '../../../charts/trend';
import { useSettled } from '../../../context/settled';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { duration } from '../../../format/durations';
import { Panel } from '../../../ui/page';
import { Waiting } from '../../../ui/waiting';
import { usePlace } from '../../directory/place';
import { useThings, inOrder } from '../../directory/names';
import { IndicatorTrend } from '../../indicators/IndicatorTrend';
import { steps, useLast, useRecentTrend, type Trended } from '../../indicators/recent';
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

/** Window by window, as far back as the widget says. */
function useWindowTrend({ widget, thing }: WidgetProps, windows: number, enabled: boolean): { items: Trended[]; loading: boolean } {
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { indicator: widget.indicator, type: widget.of } : { indicator: widget.indicator, thing }), { limit: 1000, refetch: 60_000, enabled });
  const items = useMemo(() => list.items.filter((one) => one.indicator === widget.indicator).slice(0, mostLines), [list.items, widget.indicator]);
  const histories = useQueries({ queries: items.map((item) => ({ queryKey: ['history', item.indicator, item.thing, windows, item.window.from], queryFn: ({ signal }: { signal: AbortSignal }) => read(item, windows, signal), refetchInterval: 120_000, enabled })) });
  const data = useSettled(histories.map((history) => history.data));
  return { items: useMemo(() => items.flatMap((item, index) => { const points = data[index]?.points.slice(-windows); return points === undefined ? [] : [{ item, points }]; }), [items, data, windows]), loading: list.loading };
}

/** The lowest at the end comes first, since that is the one to look at. */
function lowestFirst(lines: TrendLine[]): TrendLine[] {
  const last = (line: TrendLine) => line.points.findLast((point) => point.value !== null)?.value ?? Infinity;
  return [...lines].sort((a, b) => last(a) - last(b));
}

export function Trend(props: WidgetProps) {
  const { widget, thing, wall } = props;
  const { t, label, language } = useWords();
  const things = useThings();
  const place = usePlace();
  const [last] = useLast();
  const windows = widget.windows ?? 21;
  const byWindow = useWindowTrend(props, windows, last === null);
  const recent = useRecentTrend(thing === undefined ? { indicator: widget.indicator, type: widget.of } : { indicator: widget.indicator, thing }, last);
  const { items, loading } = last === null ? byWindow : recent;
  const lines = useMemo(() => {
    const order = new Map(inOrder(things.data ?? []).map((one, index) => [one.id, index]));
    const sorted = [...items].sort((a, b) => (order.get(a.item.thing) ?? 0) - (order.get(b.item.thing) ?? 0)).slice(0, mostLines);
    const names = new Set(sorted.map(({ item }) => item.thingName));
    // The same operation of several lines is told apart by the line.
    const nameOf = ({ item }: Trended) => (names.size === sorted.length ? item.thingName : names.size === 1 ? place(item.thing) || item.thingName : `${item.thingName} ${place(item.thing)}`);
    return lowestFirst(sorted.map((one) => ({ name: nameOf(one), points: one.points })));
  }, [items, things.data, place]);
  const first = items[0]?.item;
  const tools = <>{items.length === 1 && <span>{first?.thingName}</span>}<span>{last === null ? t('widget.windows', { count: windows }) : t('widget.steps', { span: duration(steps(last).seconds, language) })}</span></>;
  return (
    <Panel title={t('widget.trend', { name: label(first?.name) })} tools={tools} testId="widget-trend">
      {first === undefined && loading && <Waiting rows={4} />}
      {first === undefined ? !loading && <div className="none">{t('widget.nothing')}</div> : lines.length > 0 && <IndicatorTrend lines={lines} unit={first.unit} label={label(first.name)} wall={wall} />}
    </Panel>
  );
}
