import type { Incident, LonLat } from '../../../api/incidents';
import type { Severity } from '../../../api/types';

/** `d` is its face, `edge` the line around it; its name stands at x and y, `size` high. */
export interface Shape { id: string; name: string; d: string; edge: string; x: number; y: number; size: number }
/** Regions as paths, with the lines between them, in units of the drawing. */
export interface Drawing { box: [x: number, y: number, width: number, height: number]; shapes: Shape[]; thin: string; thick: string; place?: (at: LonLat) => { x: number; y: number } }

export const bands: Severity[] = ['red', 'orange', 'yellow', 'blue', 'green'];
export const rankOf = (severity: Severity) => bands.indexOf(severity);

const peoples = /(?:畲族|土家族|苗族|侗族|壮族|回族|彝族|白族|藏族|羌族|满族|蒙古族?|瑶族|黎族|傣族|哈尼族|布依族|水族|仡佬族|朝鲜族|维吾尔|哈萨克|纳西族|傈僳族|拉祜族|佤族|景颇族|独龙族|怒族|普米族|各族)+自治(?:县|州|区)$/;

/** As a name stands on a map: 永嘉 for 永嘉县, 景宁 for 景宁畲族自治县, without what stands in brackets behind it; two signs at least. */
export function mapName(name: string): string {
  const bare = name.replace(peoples, '');
  if (bare !== name && bare.length > 1) return bare;
  const short = name.replace(/[（(][^（(]*[)）]$/, '').replace(/(?:自治县|自治州|[省市县区旗盟])$/, '');
  return short.length > 1 ? short : name;
}

/** What a pin stands for: an incident as it is, or as it stood at a moment, when it had no heat that is still known. */
export type Pinned = Pick<Incident, 'id' | 'title' | 'severity' | 'region' | 'position' | 'risk'> & { heat?: number };

/** Incidents by the drawn region that they are in: their own, or the nearest above it that is drawn. */
export function byShape<T extends Pinned>(incidents: T[], parentOf: Map<string, string | null>, drawn: Set<string>): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const incident of incidents) {
    let at: string | null | undefined = incident.region;
    for (let step = 0; at !== null && at !== undefined && !drawn.has(at) && step < 16; step += 1) at = parentOf.get(at);
    if (at === null || at === undefined || !drawn.has(at)) continue;
    const list = found.get(at);
    if (list === undefined) found.set(at, [incident]);
    else list.push(incident);
  }
  for (const list of found.values()) list.sort((a, b) => rankOf(a.severity) - rankOf(b.severity) || (b.heat ?? b.risk) - (a.heat ?? a.risk));
  return found;
}
