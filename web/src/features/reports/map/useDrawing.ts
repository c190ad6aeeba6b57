import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useAll } from '../../../api/all';
import { get } from '../../../api/client';
import type { Region } from '../../../api/types';
import { mapName, type Drawing } from './drawing';
import { outlineDrawing, type OutlineFeature } from './outlines';
import { tileDrawing, withTiles, type Cell, type Tile } from './tiles';

const kinds = ['province', 'city', 'county', 'town'];
/** More regions than this side by side cannot be told apart. */
const most = 150;
/** Degrees: corners that a screen does not show are left out. */
const tolerance = 0.004;

export interface Place { byId: Map<string, Region>; parentOf: Map<string, string | null>; below: (id: string) => Region[] }

export function usePlaces(): Place {
  const { data } = useAll<Region>('/api/regions');
  return useMemo(() => {
    const byId = new Map((data ?? []).map((region) => [region.id, region]));
    const parentOf = new Map((data ?? []).map((region) => [region.id, region.parent]));
    const within = (region: Region, id: string) => { let at: string | null = region.id; while (at !== null && at !== id) at = parentOf.get(at) ?? null; return at === id; };
    return { byId, parentOf, below: (id: string) => (data ?? []).filter((region) => within(region, id)) };
  }, [data]);
}

/** What kinds of parts a region has, and the finest of them that a screen still shows. */
export function levelsOf(below: Region[]): { levels: string[]; finest: string } {
  const counts = kinds.map((kind) => [kind, below.filter((region) => region.kind === kind).length] as const).filter(([, count]) => count > 0);
  const levels = counts.filter(([, count]) => count <= most).map(([kind]) => kind);
  return { levels, finest: levels.filter((kind) => kind !== 'town' || levels.length === 1).at(-1) ?? 'county' };
}

function useTiles() {
  return useQuery({ queryKey: ['tiles'], queryFn: async () => (await import('./tiles.json')).default as unknown as Record<string, Tile>, staleTime: Infinity }).data;
}

/** Asks for the outlines of the regions right below one. */
export const outlinesBelow = (parent: string) => ({ queryKey: ['outlines', parent], queryFn: ({ signal }: { signal: AbortSignal }) => get<{ features: OutlineFeature[] }>('/api/regions/outlines', { parent, tolerance }, signal), staleTime: 600_000 });

/** Outlines of all regions shown; none where one of them lacks. The first parent is asked first: mostly nobody loaded any. */
function useOutlines(shown: Region[]): OutlineFeature[] | null {
  const parents = [...new Set(shown.map((region) => region.parent ?? ''))];
  const [first = '', ...others] = parents;
  const begun = useQuery({ ...outlinesBelow(first), enabled: first !== '' });
  const some = (begun.data?.features.length ?? 0) > 0;
  const rest = useQueries({ queries: some ? others.map(outlinesBelow) : [], combine: (all) => (all.every((one) => one.data !== undefined) ? all.flatMap((one) => one.data?.features ?? []) : null) });
  return useMemo(() => {
    if (!some || rest === null) return null;
    const ids = new Set(shown.map((region) => region.id));
    const features = [...(begun.data?.features ?? []), ...rest].filter((feature) => ids.has(feature.properties.code));
    return features.length === ids.size ? features : null;
  }, [some, rest, begun.data, shown]);
}

/** The regions of a kind within one: by their outlines where these are loaded, else as tiles of equal area. */
export function useDrawing(within: string, kind: string): { drawing: Drawing | null; place: Place } {
  const place = usePlaces();
  const tiles = useTiles();
  const shown = useMemo(() => place.below(within).filter((region) => region.kind === kind), [place, within, kind]);
  const outlines = useOutlines(shown);
  const drawing = useMemo(() => {
    const nameOf = (id: string) => mapName(place.byId.get(id)?.name ?? id);
    if (shown.length === 0 || tiles === undefined) return null;
    if (outlines !== null) return outlineDrawing(outlines, nameOf);
    const own = new Map(shown.map((region) => [region.id, place.below(region.id).filter((one) => tiles[one.id] !== undefined).map((one) => one.id)]));
    const placed = withTiles(shown.flatMap((region) => { const list = own.get(region.id) ?? []; return list.length > 0 ? list : [region.id]; }), tiles);
    const many = [...own.values()].some((list) => list.length > 1);
    const cells: Cell[] = shown.flatMap((region) => {
      const list = own.get(region.id) ?? [];
      return (list.length > 0 ? list : [region.id]).flatMap((id) => { const tile = placed.get(id); return tile === undefined ? [] : [{ tile, shape: region.id, border: many ? region.id : region.parent ?? '' }]; });
    });
    return tileDrawing(cells, nameOf);
  }, [shown, tiles, outlines, place]);
  return { drawing, place };
}
