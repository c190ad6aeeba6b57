import type { Query } from '../../api/client';
import { usePreferences } from '../../context/preferences';
import { useScoped } from '../../context/scope';

/** The map's pins and the ranking are of the hottest and share them; how many there are in a region comes with its colour. */
export const hotRows = 100;

/** Lists of incidents and reports show real life, or the exercises alone; never both. */
export function useReal(query: Query = {}): Query {
  const { exercise } = usePreferences();
  return useScoped(exercise ? { ...query, exercise: true } : query);
}
