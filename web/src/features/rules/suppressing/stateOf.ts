import type { Suppression } from '../../../api/types';

export type SuppressionState = 'planned' | 'standing' | 'over' | 'ended';

/** Where a time for which alarms are held back stands at a moment, in milliseconds since 1970. */
export function stateOf(one: Pick<Suppression, 'from' | 'to' | 'endedAt'>, now: number): SuppressionState {
  if (one.endedAt !== null) return 'ended';
  if (Date.parse(one.to) <= now) return 'over';
  return Date.parse(one.from) > now ? 'planned' : 'standing';
}
