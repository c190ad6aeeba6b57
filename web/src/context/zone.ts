import { useMemo } from 'react';
import { useAll } from '../api/all';
import type { Party } from '../api/types';
import { usePreferences } from './preferences';
import { useSession } from './session';

/** The zone that holds for a party: its own or the nearest above; else the only one that any declares; else the server's. */
export function zoneFor(parties: Pick<Party, 'id' | 'parent' | 'zone'>[], party: string | null | undefined, standard: string): string {
  const byId = new Map(parties.map((one) => [one.id, one]));
  for (let at = byId.get(party ?? ''); at !== undefined; at = byId.get(at.parent ?? '')) {
    if (at.zone) return at.zone;
    if (at.parent === at.id) break;
  }
  const declared = new Set(parties.flatMap((one) => (one.zone ? [one.zone] : [])));
  const [only] = declared;
  return declared.size === 1 && only !== undefined ? only : standard;
}

/** Times on the screen are those of the place in scope, which is what its shifts and days run by. */
export function useZone(): string {
  const { system, me } = useSession();
  const { party } = usePreferences();
  const parties = useAll<Party>('/api/parties');
  return useMemo(() => zoneFor(parties.data ?? [], party ?? me.party, system.zone), [parties.data, party, me.party, system.zone]);
}
