import { useMemo } from 'react';
import { useOne, useRows } from '../../../api/hooks';
import type { Incident, MapRegion, PastIncident } from '../../../api/incidents';
import type { List } from '../../../api/types';
import { useScope } from '../../../context/scope';
import { useUrl } from '../../../context/url';
import { hotRows, useReal } from '../exercise';
import { byShape } from './drawing';
import { levelsOf, useDrawing, usePlaces } from './useDrawing';


/** Where the map is and how fine: in the address, so that it can be sent on. */
export function useWhere(remember: boolean) {
  const { region } = useScope();
  const place = usePlaces();
  const [inside, setInside] = useUrl('within');
  const [fine, setFine] = useUrl('level');
  const within = (remember && place.byId.has(inside) ? inside : region) ?? 'root';
  const { levels, finest } = useMemo(() => levelsOf(place.below(within)), [place, within]);
  return { within, levels, kind: remember && levels.includes(fine) ? fine : finest, go: setInside, setKind: setFine };
}

/** A past moment: what made each region's colour, and the incidents as they stood then. Nothing as long as no moment is asked for, or it is not there yet. */
export function usePast(type: string | undefined, within: string, kind: string, at: string | undefined) {
  const place = usePlaces();
  const query = { ...useReal({ type, within, kind, at }), region: undefined, party: undefined };
  const settings = { enabled: type !== undefined && at !== undefined, stale: Infinity };
  const answer = useOne<List<MapRegion>>('/api/incidents/map', { ...query, limit: 1000 }, settings);
  const standing = useOne<List<PastIncident>>('/api/incidents/map/incidents', query, settings);
  return useMemo(() => {
    if (at === undefined || answer.data === undefined || standing.data === undefined) return null;
    const regions = new Map(answer.data.items.map((one) => [one.region, one]));
    return { regions, incidents: byShape(standing.data.items, place.parentOf, new Set(regions.keys())) };
  }, [at, answer.data, standing.data, place]);
}

export function useMap(type: string | undefined, within: string, kind: string) {
  const { drawing, place } = useDrawing(within, kind);
  const query = useReal({ type, within, kind });
  const answer = useOne<List<MapRegion>>('/api/incidents/map', { ...query, region: undefined, party: undefined, limit: 1000 }, { refetch: 60_000, enabled: type !== undefined });
  const rows = useRows<Incident>('/api/incidents', useReal({ type, open: true, ...(within === 'root' ? {} : { region: within }) }), { limit: hotRows });
  const regions = useMemo(() => new Map((answer.data?.items ?? []).map((one) => [one.region, one])), [answer.data]);
  const incidents = useMemo(() => byShape(rows.items, place.parentOf, new Set(regions.keys())), [rows.items, place, regions]);
  const countOf = (id: string) => { const figures = regions.get(id)?.figures; return figures === undefined ? 0 : figures.red + figures.orange + figures.yellow + figures.blue; };
  return { drawing, place, regions, incidents, countOf, loading: answer.isPending, error: answer.error, retry: () => void answer.refetch() };
}
