import { useMemo } from 'react';
import type { Query } from '../api/client';
import { usePreferences } from './preferences';

/** The party and region chosen in the top bar, as query parameters of every list. */
export function useScope(): { party: string | undefined; region: string | undefined } {
  const { party, region } = usePreferences();
  return useMemo(() => ({ party: party ?? undefined, region: region ?? undefined }), [party, region]);
}

export function useScoped(query: Query = {}): Query {
  const scope = useScope();
  return { ...scope, ...query };
}
