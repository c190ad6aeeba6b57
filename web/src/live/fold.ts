import type { Pages } from '../api/hooks';
import type { Incident, Report } from '../api/incidents';
import type { Alarm, Case, Indicator, Latest, Progress, Values } from '../api/types';
import type { Query } from '../api/client';

/** What arrived since the last fold, by thing. */
export type Arrived = Map<string, Values>;

/** The newer of two readings of a property stays; equal times take the later arrival, which is a correction. */
export function mergeValues(before: Values, arrived: Values): Values {
  let after: Values | null = null;
  for (const [property, reading] of Object.entries(arrived)) {
    const held = before[property];
    if (held !== undefined && Date.parse(held.ts) > Date.parse(reading.ts)) continue;
    after ??= { ...before };
    after[property] = reading;
  }
  return after ?? before;
}

export function addArrived(arrived: Arrived, thing: string, values: Values): void {
  arrived.set(thing, mergeValues(arrived.get(thing) ?? {}, values));
}

/** Lists keep their identity where nothing in them changed, so that nothing is drawn again in vain. */
export function foldLatest(items: Latest[], arrived: Arrived): Latest[] {
  let changed = false;
  const after = items.map((item) => {
    const values = arrived.get(item.thing);
    if (values === undefined) return item;
    const merged = mergeValues(item.values, values);
    if (merged === item.values) return item;
    changed = true;
    return { ...item, values: merged };
  });
  return changed ? after : items;
}

function mapPages<T>(pages: Pages<T>, change: (items: T[]) => T[]): Pages<T> {
  let changed = false;
  const after = pages.pages.map((page) => {
    const items = change(page.items);
    if (items === page.items) return page;
    changed = true;
    return { ...page, items };
  });
  return changed ? { ...pages, pages: after } : pages;
}

export function foldLatestPages(pages: Pages<Latest>, arrived: Arrived): Pages<Latest> {
  return mapPages(pages, (items) => foldLatest(items, arrived));
}

/** Puts an item where its like was, at the head where it is new, and nowhere where it no longer belongs. */
export function foldItem<T>(pages: Pages<T>, item: T, same: (other: T) => boolean, belongs: boolean): Pages<T> {
  let found = false;
  const after = mapPages(pages, (items) => {
    const at = items.findIndex(same);
    if (at < 0) return items;
    found = true;
    return belongs ? items.with(at, item) : items.toSpliced(at, 1);
  });
  const [head, ...rest] = after.pages;
  if (found || !belongs || head === undefined) return after;
  return { ...after, pages: [{ ...head, items: [item, ...head.items] }, ...rest] };
}

const equals = (wanted: Query[string], value: string | null) => wanted === undefined || wanted === null || wanted === '' || String(wanted) === value;

/** Whether an alarm belongs to the list that the query asks for; scope is the stream's own filter. */
export function alarmBelongs(alarm: Alarm, query: Query): boolean {
  const state = query['state'];
  const stateFits = state === 'open' ? alarm.state === 'raised' || alarm.state === 'acknowledged' : equals(state, alarm.state);
  return stateFits && equals(query['severity'], alarm.severity) && equals(query['thing'], alarm.thing) && equals(query['rule'], alarm.rule);
}

export function caseBelongs(item: Case, query: Query, me: string): boolean {
  if (query['exercise'] !== 'all' && (query['exercise'] === true) !== (item.exercise ?? false)) return false;
  if (query['open'] === true && item.final) return false;
  if (query['open'] === false && !item.final) return false;
  if (query['mine'] === true && item.assignee !== me && item.delegate !== me) return false;
  const text = typeof query['q'] === 'string' ? query['q'].toLowerCase() : '';
  if (text !== '' && !`${item.title} ${item.number}`.toLowerCase().includes(text)) return false;
  return equals(query['type'], item.type) && equals(query['state'], item.state) && equals(query['thing'], item.thing);
}

/** Filters that only the server can judge keep what is there and add nothing: the list is read anew soon after. */
export function incidentBelongs(item: Incident, query: Query, held: boolean, me: string): boolean {
  if ((query['exercise'] === true) !== item.exercise) return false;
  if ((query['open'] ?? true) !== item.open || (query['assignee'] === me && item.assignee !== me)) return false;
  if (query['late'] === true && !item.late) return false;
  const known = equals(query['type'], item.type) && equals(query['severity'], item.severity) && equals(query['class'], item.class) && equals(query['kind'], item.kind) && equals(query['level'], item.level === null ? null : String(item.level));
  const judged = !query['q'] && !query['region'] && !query['party'] && !query['proposed'];
  return known && (held || judged);
}

/** An event does not say the rank, which depends on who asks: the one held stays until the list is read anew. */
export function foldIncident(pages: Pages<Incident>, item: Incident, query: Query, me: string): Pages<Incident> {
  const held = pages.pages.flatMap((page) => page.items).find((other) => other.id === item.id);
  const merged = held === undefined ? item : { ...item, rank: item.rank ?? held.rank, rankBefore: item.rankBefore ?? held.rankBefore };
  return foldItem(pages, merged, (other) => other.id === item.id, incidentBelongs(item, query, held !== undefined, me));
}

export function reportBelongs(item: Report, query: Query): boolean {
  if ((query['exercise'] === true) !== item.exercise || query['q'] || query['region'] || query['party']) return false;
  return equals(query['type'], item.type) && equals(query['incident'], item.incident) && equals(query['state'], item.state) && equals(query['channel'], item.channel) && equals(query['sourceKind'], item.sourceKind);
}

export function sameIndicator(a: Indicator, b: Indicator): boolean {
  return a.indicator === b.indicator && a.thing === b.thing && a.window.kind === b.window.kind;
}

/** A list without a fixed time follows the newest window; earlier windows corrected by late data leave it as it is. */
export function foldIndicator(pages: Pages<Indicator>, item: Indicator): Pages<Indicator> {
  return mapPages(pages, (items) => {
    const at = items.findIndex((other) => sameIndicator(other, item));
    const held = items[at];
    if (held === undefined || Date.parse(held.window.from) > Date.parse(item.window.from)) return items;
    return items.with(at, item);
  });
}

export function foldProgress(items: Progress[], item: Progress): Progress[] {
  const others = items.filter((other) => other.task !== item.task);
  return item.total > 0 && item.done >= item.total ? others : [...others, item];
}
