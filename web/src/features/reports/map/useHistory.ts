import { useMemo } from 'react';
import { useOne } from '../../../api/hooks';
import type { MapHistory } from '../../../api/incidents';
import { parseSpan } from '../../../format/span';
import { useReal } from '../exercise';

/** The colours of the last 31 days, hour by hour. */
export function useHistory(type: string | undefined, within: string, kind: string) {
  const query = useReal({ type, within, kind });
  const answer = useOne<MapHistory>('/api/incidents/map/history', { ...query, region: undefined, party: undefined }, { enabled: type !== undefined, stale: 300_000, refetch: 600_000 });
  const data = answer.data;
  const worst = useMemo(() => {
    if (data === undefined) return [];
    const regions = Object.values(data.regions);
    return Array.from({ length: data.steps }, (_, step) => regions.reduce((least, digits) => Math.min(least, Number(digits[step] ?? 4)), 4));
  }, [data]);
  const timeOf = (step: number) => data === undefined ? '' : new Date(Date.parse(data.from) + step * parseSpan(data.step) * 1000).toISOString();
  return { data, worst, timeOf };
}
export type History = ReturnType<typeof useHistory>;
