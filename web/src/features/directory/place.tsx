import { useCallback, useMemo } from 'react';
import { useThings } from './names';

/** What stands at the top above a thing, where there is more than one such top: which line, which plant. */
export function usePlace(): (id: string | null | undefined) => string {
  const { data } = useThings();
  const tops = useMemo(() => {
    const byId = new Map((data ?? []).map((thing) => [thing.id, thing]));
    const top = new Map<string, string>();
    for (const thing of byId.values()) {
      let at = thing;
      for (let step = 0, above = byId.get(at.parent ?? ''); above !== undefined && step < 32; step += 1, above = byId.get(at.parent ?? '')) at = above;
      if (at.id !== thing.id) top.set(thing.id, at.name);
    }
    return new Set(top.values()).size > 1 ? top : new Map<string, string>();
  }, [data]);
  return useCallback((id) => tops.get(id ?? '') ?? '', [tops]);
}

/** A thing's name with, in quiet, the place that tells it from its namesakes. */
export function ThingName({ id, name }: { id: string | null; name: string | null }) {
  const place = usePlace()(id);
  const shown = name ?? '–';
  return <span className="thing-name" title={place === '' ? shown : `${place} · ${shown}`}>{place !== '' && !shown.startsWith(place) && <span className="faint at"><span className="clip">{place}</span>&nbsp;·&nbsp;</span>}<span className="clip own">{shown}</span></span>;
}
