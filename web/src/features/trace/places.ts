import type { Trace, TraceEvent, TracePlace } from '../../api/trace';
import { objectName } from './names';

/** The name of a place, as the party of the event says it, else as anybody does; else what its identifier ends in. */
export function placeNames(places: readonly TracePlace[]): (id: string, party?: string) => string {
  const byParty = new Map(places.flatMap((one) => (one.name === null ? [] : [[`${one.party} ${one.id}`, one.name] as const])));
  const byId = new Map(places.flatMap((one) => (one.name === null ? [] : [[one.id, one.name] as const])));
  return (id, party) => byParty.get(`${party ?? ''} ${id}`) ?? byId.get(id) ?? objectName(id);
}

/** Where an event was: at its read point, else at the location that it names. */
export const placeOf = (event: Pick<TraceEvent, 'readPoint' | 'bizLocation'>) => event.readPoint ?? event.bizLocation;

/** Places at one position, in the order in which the trace came there; named by the first of them. */
export interface Stop { id: string; ids: string[]; lat: number; lon: number; party: string; events: number }
/** A way from one stop to the next in time, and how often; of the party that was there then. */
export interface Leg { from: string; to: string; party: string; times: number }

export function stopsOf(trace: Trace): { stops: Stop[]; legs: Leg[] } {
  const known = new Map(trace.places.flatMap((one) => (one.lat === null || one.lon === null ? [] : [[one.id, { lat: one.lat, lon: one.lon }] as const])));
  const stops = new Map<string, Stop>();
  const legs = new Map<string, Leg>();
  let before: string | null = null;
  for (const event of [...trace.events].sort((a, b) => a.at.localeCompare(b.at))) {
    const id = [event.readPoint, event.bizLocation].find((one) => one !== null && known.has(one)) ?? null;
    const at = id === null ? undefined : known.get(id);
    if (id === null || at === undefined) continue;
    const stop = stops.get(`${at.lat} ${at.lon}`) ?? { id, ids: [], ...at, party: event.party.id, events: 0 };
    stops.set(`${at.lat} ${at.lon}`, stop);
    stop.events += 1;
    if (!stop.ids.includes(id)) stop.ids.push(id);
    if (before !== null && before !== stop.id) {
      const key = `${before} ${stop.id}`;
      const leg = legs.get(key) ?? { from: before, to: stop.id, party: event.party.id, times: 0 };
      legs.set(key, leg);
      leg.times += 1;
    }
    before = stop.id;
  }
  return { stops: [...stops.values()], legs: [...legs.values()] };
}

/** Least part of the earth that is shown, in degrees: a works. */
const least = 0.02;
const widest = 64;

export interface Frame { place: (at: { lon: number; lat: number }) => { x: number; y: number }; west: number; east: number; south: number; north: number; metre: number }

/** Stops spread over a picture of so many pixels; a degree of longitude is shorter by the cosine of the latitude. */
export function frameOf(stops: readonly { lon: number; lat: number }[], width: number, height: number): Frame {
  const [lons, lats] = [stops.map((one) => one.lon), stops.map((one) => one.lat)];
  const middle = { lon: (Math.min(...lons) + Math.max(...lons)) / 2, lat: (Math.min(...lats) + Math.max(...lats)) / 2 };
  const shrink = Math.max(0.05, Math.cos((middle.lat * Math.PI) / 180));
  const edge = Math.min(widest, width / 5, height / 5);
  const wide = Math.max((Math.max(...lons) - Math.min(...lons)) * shrink, least);
  const high = Math.max(Math.max(...lats) - Math.min(...lats), least);
  const scale = Math.max(1, Math.min((width - 2 * edge) / wide, (height - 2 * edge) / high));
  const place = ({ lon, lat }: { lon: number; lat: number }) => ({ x: width / 2 + (lon - middle.lon) * shrink * scale, y: height / 2 - (lat - middle.lat) * scale });
  const [half, up] = [width / 2 / scale / shrink, height / 2 / scale];
  return { place, west: middle.lon - half, east: middle.lon + half, south: middle.lat - up, north: middle.lat + up, metre: scale / 111_195 };
}

/** A round length of at most so many pixels, for the bar that says how far things are. */
export function scaleBar(metre: number, most: number): { metres: number; pixels: number } {
  const power = 10 ** Math.floor(Math.log10(most / metre));
  const metres = [5, 2, 1].map((step) => step * power).find((one) => one * metre <= most) ?? power;
  return { metres, pixels: metres * metre };
}

/** What of a trace was at a stop: its events there, and the objects that are there or that went through one of these events. */
export function partAt(trace: Trace, stop: Stop): { events: Trace['events']; nodes: Trace['nodes'] } {
  const isHere = (place: string | null) => place !== null && stop.ids.includes(place);
  const events = trace.events.filter((event) => isHere(event.readPoint) || isHere(event.bizLocation));
  const ids = new Set(events.map((event) => event.id));
  const objects = new Set(trace.links.filter((link) => ids.has(link.eventId)).flatMap((link) => [link.from, link.to]));
  return { events, nodes: trace.nodes.filter((node) => isHere(node.bizLocation) || objects.has(node.id)) };
}

export interface Dot { x: number; y: number }
/** Where a name stands beside its dot. */
export interface Label extends Dot { anchor: 'start' | 'end' | 'middle'; shown: boolean }

/** Dots nearer than this lie on each other; in pixels. */
const apart = 21;
const rounds = 40;

/** Dots pushed apart as far as they have to be to be told apart; those that have room stay. */
export function spread(dots: readonly Dot[]): Dot[] {
  const moved = dots.map((dot) => ({ ...dot }));
  for (let round = 0; round < rounds; round += 1) {
    moved.forEach((one, at) => {
      for (const other of moved.slice(at + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const far = Math.hypot(dx, dy);
        if (far >= apart) continue;
        const [ux, uy] = far < 0.01 ? [1, 0] : [dx / far, dy / far];
        const push = (apart - far) / 2;
        one.x -= ux * push; one.y -= uy * push; other.x += ux * push; other.y += uy * push;
      }
    });
  }
  return moved;
}

interface Box { left: number; right: number; top: number; bottom: number }
const size = 12;
const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) < 256 ? 0.58 : 1), 0) * size;

/** A place for each name: right of its dot, else left, below or above, where nothing lies yet, of the `others` neither; a name without room is left out. */
export function labels(dots: readonly Dot[], names: readonly string[], width: number, height: number, others: readonly Box[] = []): Label[] {
  const taken: Box[] = [...others, ...dots.map(({ x, y }) => ({ left: x - 10, right: x + 10, top: y - 10, bottom: y + 10 }))];
  return dots.map(({ x, y }, at) => {
    const wide = widthOf(names[at] ?? '');
    const ways: [Label, Box][] = [
      [{ x: x + 14, y: y + 4, anchor: 'start', shown: true }, { left: x + 12, right: x + 16 + wide, top: y - 8, bottom: y + 8 }],
      [{ x: x - 14, y: y + 4, anchor: 'end', shown: true }, { left: x - 16 - wide, right: x - 12, top: y - 8, bottom: y + 8 }],
      [{ x, y: y + 25, anchor: 'middle', shown: true }, { left: x - wide / 2, right: x + wide / 2, top: y + 13, bottom: y + 29 }],
      [{ x, y: y - 16, anchor: 'middle', shown: true }, { left: x - wide / 2, right: x + wide / 2, top: y - 28, bottom: y - 12 }],
    ];
    const free = ways.find(([, box]) => box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height && !taken.some((other) => meet(box, other)));
    if (free === undefined) return { x: x + 14, y: y + 4, anchor: 'start', shown: false };
    taken.push(free[1]);
    return free[0];
  });
}
