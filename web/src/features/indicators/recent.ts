import { useMemo } from 'react';
import type { Query } from '../../api/client';
import { useRows, type Rows } from '../../api/hooks';
import type { HistoryPoint, Indicator } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useUrl } from '../../context/url';
import { parseDuration } from '../../format/durations';

/** How much of the time up to now a board can be looked at over, instead of the windows of its indicators. */
export const lengths = ['1m', '2m', '5m', '15m', '1h', '8h'] as const;
type Length = (typeof lengths)[number];

/** In the address, so that a board can be sent as it is seen; null: the indicators' own windows. */
export function useLast(): [Length | null, (last: Length | null) => void] {
  const [last, set] = useUrl('last');
  return [lengths.find((length) => length === last) ?? null, set];
}

/** "Last 5 min". */
export function useLastText(): (last: Length) => string {
  const { t } = useWords();
  return (last) => (last.endsWith('h') ? t('boards.last.h', { count: parseInt(last, 10) }) : t('boards.last.m', { count: parseInt(last, 10) }));
}

/** The newest values of indicators, over their windows or over what was chosen. */
export function useFigures(query: Query): Rows<Indicator> {
  const [last] = useLast();
  const scoped = useScoped(query);
  return useRows<Indicator>(last === null ? '/api/indicators' : '/api/indicators/recent', last === null ? scoped : { ...scoped, last }, { limit: 1000, refetch: last === null ? 60_000 : 5_000 });
}

export interface Trended { item: Indicator; points: HistoryPoint[] }

/** A trend goes three times as far back as its figures, in steps of a quarter of their length: how many, how long each. */
export const steps = (last: Length) => ({ count: 12, seconds: (parseDuration(last) ?? 0) / 4 });

/** The values that make a figure's way up to now, by thing. */
export function useRecentTrend(query: Query, last: Length | null): { items: Trended[]; loading: boolean } {
  const { count, seconds } = steps(last ?? '2m');
  const list = useRows<Indicator>('/api/indicators/recent', useScoped({ ...query, last: `${count * seconds}s`, steps: count }), { limit: 1000, refetch: 10_000, enabled: last !== null });
  const items = useMemo(() => {
    const byThing = new Map<string, Trended>();
    for (const item of list.items) {
      const one = byThing.get(item.thing) ?? { item, points: [] };
      byThing.set(item.thing, one);
      one.points.push({ from: item.window.from, to: item.window.to, shift: null, value: item.value, band: item.band });
    }
    return [...byThing.values()];
  }, [list.items]);
  return { items, loading: list.loading };
}
