import { useMemo } from 'react';
import { useOne, useRows } from '../../../api/hooks';
import type { Incident, MapRegion } from '../../../api/incidents';
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

export function useMap(type: string | undefined, within: string, kind: string, at?: string) {
  const { drawing, place } = useDrawing(within, kind);
  const query = useReal({ type, within, kind, at });
  const answer = useOne<List<MapRegion>>('/api/incidents/map', { ...query, region: undefined, party: undefined, limit: 1000 }, { refetch: 60_000, enabled: type !== undefined });
  const rows = useRows<Incident>('/api/incidents', useReal({ type, open: true, ...(within === 'root' ? {} : { region: within }) }), { limit: hotRows });
  const regions = useMemo(() => new Map((answer.data?.items ?? []).map((one) => [one.region, one])), [answer.data]);
  const incidents = useMemo(() => byShape(rows.items, place.parentOf, new Set(regions.keys())), [rows.items, place, regions]);
  const countOf = (id: string) => { const figures = regions.get(id)?.figures; return figures === undefined ? 0 : figures.red + figures.orange + figures.yellow + figures.blue; };
  return { drawing, place, regions, incidents, countOf, loading: answer.isPending, error: answer.error, retry: () => void answer.refetch() };
}
