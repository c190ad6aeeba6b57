import { useMemo } from 'react';
import { useRows } from '../../../api/hooks';
import type { Indicator } from '../../../api/types';
import { useScoped } from '../../../context/scope';

/** The newest figures of things of a type, or of one thing. */
export function useFigures(type: string | undefined, thing: string | undefined): { items: Indicator[]; loading: boolean } {
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { type } : { thing }), { limit: 1000, refetch: 60_000 });
  return { items: list.items, loading: list.loading };
}

/** Who has figures, by name. */
export function useSubjects(items: Indicator[]): { id: string; name: string }[] {
  return useMemo(() => [...new Map(items.map((item) => [item.thing, item.thingName]))].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)), [items]);
}
