import type { Feed } from '../../../api/incidents';

export type FeedState = 'off' | 'waiting' | 'fault' | 'fine';

/** How it goes with a feed: a fault of the last reading goes before how many there were. */
export function stateOf(feed: Pick<Feed, 'disabled' | 'fault' | 'last'>): FeedState {
  if (feed.disabled) return 'off';
  if (feed.fault !== null) return 'fault';
  return feed.last === null ? 'waiting' : 'fine';
}

/** A feed as the server takes it back: what is not changed stays. */
export function requestOf(feed: Feed, changes: Partial<Feed> = {}) {
  const { name, url, type, party, region, sourceKind, every, reports, disabled } = { ...feed, ...changes };
  return { name, url, type, party, region, sourceKind, every, reports, disabled };
}

/** A problem in words; what stands before it (which entry, which line) stays as it is. */
export function problemText(problem: string, say: (text: string) => string): string {
  for (let at = 0; at >= 0; at = problem.indexOf(': ', at + 1)) {
    const [before, rest] = at === 0 ? ['', problem] : [problem.slice(0, at + 2), problem.slice(at + 2)];
    const said = say(rest);
    if (said !== rest) return before + said;
  }
  return problem;
}
