import { useMemo } from 'react';
import type { Agreement } from '../../../api/agreements';
import { useAll } from '../../../api/all';
import type { Query } from '../../../api/client';
import type { Party } from '../../../api/types';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { withBelow } from './agreement';

export const agreementsPath = '/api/agreements';

/** All agreements that somebody sees: an enterprise has tens of them. */
export const useAgreements = (query: Query = {}) => useAll<Agreement>(agreementsPath, query, true, 10_000);

/** The parties that somebody speaks for here: that in scope, else his own, with all below it. */
export function useMine(): ReadonlySet<string> {
  const { me } = useSession();
  const { party } = useScope();
  const parties = useAll<Party>('/api/parties');
  return useMemo(() => withBelow(parties.data ?? [], party ?? me.party ?? 'root'), [parties.data, party, me.party]);
}
