import { useMemo } from 'react';
import { useAll } from '../../api/all';
import type { Party, Region, Thing } from '../../api/types';
import { useScope } from '../../context/scope';

const natural = new Intl.Collator('zh-CN', { numeric: true });

/** The order in which people set things up is the order in which the line runs; then by number. */
export function inOrder<T extends { id: string; created: string }>(things: T[]): T[] {
  return [...things].sort((a, b) => a.created.localeCompare(b.created) || natural.compare(a.id, b.id));
}

export function useThings(enabled = true) {
  return useAll<Thing>('/api/things', useScope(), enabled);
}

function useNames(path: string): (id: string | null | undefined) => string {
  const { data } = useAll<Party | Region>(path);
  return useMemo(() => {
    const names = new Map((data ?? []).map((node) => [node.id, node.name]));
    return (id) => (id ? names.get(id) ?? id : '–');
  }, [data]);
}

export const usePartyName = () => useNames('/api/parties');
export const useRegionName = () => useNames('/api/regions');
