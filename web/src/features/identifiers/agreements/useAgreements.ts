import { useOne } from '../../../api/hooks';
import type { AgreementCounts, AgreementState } from '../../../api/agreements';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';

export const agreementsPath = '/api/agreements';

/** The party that somebody speaks for here, with all below it: that in scope, else his own. */
export function useOwn(): string {
  const { me } = useSession();
  const { party } = useScope();
  return party ?? me.party ?? 'root';
}

/** How many agreements wait for him, and how many his parties give and take; of those in a state, where one is named. */
export const useAgreementCounts = (state?: AgreementState) => useOne<AgreementCounts>(`${agreementsPath}/counts`, { party: useOwn(), state }).data;
