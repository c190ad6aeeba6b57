import type { Incident } from '../../../api/incidents';

/** As the server ranks them; what just came in and has no rank yet stands by its heat. */
export function hottest(incidents: Incident[]): Incident[] {
  return [...incidents].sort((a, b) => b.heat - a.heat || (a.rank ?? 0) - (b.rank ?? 0) || a.id.localeCompare(b.id));
}

export function latestFirst(incidents: Incident[]): Incident[] {
  return [...incidents].sort((a, b) => b.last.localeCompare(a.last));
}
