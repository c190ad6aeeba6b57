import type { DayCount, Prefix } from '../../../api/identifiers';

/** What prefixes have together, and what was asked of them. */
export function sums(prefixes: Pick<Prefix, 'state' | 'identifiers'>[], counts: Pick<DayCount, 'found' | 'missed' | 'registered'>[]) {
  return {
    active: prefixes.filter((one) => one.state === 'active').length,
    identifiers: prefixes.reduce((sum, one) => sum + one.identifiers, 0),
    found: counts.reduce((sum, one) => sum + one.found, 0),
    missed: counts.reduce((sum, one) => sum + one.missed, 0),
    registered: counts.reduce((sum, one) => sum + one.registered, 0),
  };
}
