import type { Case } from '../../api/types';

/** Late and soon due first; what has no deadline last, newest first; closed ones after all. */
export function dueFirst(cases: Case[]): Case[] {
  const key = (item: Case) => `${item.final ? 1 : 0}${item.due ?? '9'}`;
  return [...cases].sort((a, b) => key(a).localeCompare(key(b)) || b.openedAt.localeCompare(a.openedAt));
}
