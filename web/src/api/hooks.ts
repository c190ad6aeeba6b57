import { useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get, type Query } from './client';
import type { List } from './types';

export type Pages<T> = InfiniteData<List<T>, string | null>;

/** One page of a list is as many rows as a person scrolls before filtering. */
const pageSize = 200;

export interface Rows<T> { items: T[]; loading: boolean; error: Error | null; more: boolean; loadMore: () => void; retry: () => void; fetching: boolean }
interface Settings { enabled?: boolean; refetch?: number; limit?: number; stale?: number }

/** A list as pages by cursor. Its key starts with the path, so that live events find it. */
export function useRows<T>(path: string, query: Query = {}, settings: Settings = {}): Rows<T> {
  const result = useInfiniteQuery({
    queryKey: ['rows', path, query],
    queryFn: ({ pageParam, signal }) => get<List<T>>(path, { ...query, limit: settings.limit ?? pageSize, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: settings.enabled ?? true,
    refetchInterval: settings.refetch ?? false,
    staleTime: settings.stale ?? 10_000,
  });
  const items = useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? [], [result.data]);
  return {
    items,
    loading: result.isPending && (settings.enabled ?? true),
    error: result.error,
    more: result.hasNextPage,
    loadMore: () => { if (!result.isFetchingNextPage) void result.fetchNextPage(); },
    retry: () => void result.refetch(),
    fetching: result.isFetching,
  };
}

export function useOne<T>(path: string, query: Query = {}, settings: Settings = {}) {
  return useQuery({
    queryKey: ['one', path, query],
    queryFn: ({ signal }) => get<T>(path, query, signal),
    enabled: settings.enabled ?? true,
    refetchInterval: settings.refetch ?? false,
    staleTime: settings.stale ?? 10_000,
  });
}
