import { useQuery } from '@tanstack/react-query';
import { get, type Query } from './client';
import type { List } from './types';

/** No screen needs more rows at once than a table can scroll through. */
const mostRows = 20_000;

/** Every row of a list, for trees and names that need the whole. */
async function everyRow<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: List<T> = await get<List<T>>(path, { ...query, limit: 1000, cursor }, signal);
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && rows.length < mostRows);
  return rows;
}

export function useAll<T>(path: string, query: Query = {}, enabled = true, stale = 60_000) {
  return useQuery({ queryKey: ['all', path, query], queryFn: ({ signal }) => everyRow<T>(path, query, signal), enabled, staleTime: stale });
}
