import { useQuery } from '@tanstack/react-query';
import { get, segment } from '../../api/client';
import type { States } from '../../api/types';

/** Few enough at once that a screen of widgets does not crowd out the people. */
const atOnce = 6;

async function addUp(things: string[], property: string, window: { from: string; to: string }, signal: AbortSignal): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  const waiting = [...things];
  const work = async () => {
    for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) {
      const { totals } = await get<States>(`/api/things/${segment(thing)}/states`, { property, ...window }, signal);
      for (const [state, seconds] of Object.entries(totals)) sums[state] = (sums[state] ?? 0) + seconds;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return sums;
}

/** Seconds by state, added up over things. */
export function useStateTotals(things: string[], property: string, window: { from: string; to: string }) {
  return useQuery({
    queryKey: ['state-totals', things.join(' '), property, window.from],
    queryFn: ({ signal }) => addUp(things, property, window, signal),
    enabled: things.length > 0,
    refetchInterval: 120_000,
    staleTime: 60_000,
  });
}
