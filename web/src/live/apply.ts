import type { QueryClient } from '@tanstack/react-query';
import type { Query } from '../api/client';
import { segment } from '../api/client';
import type { Pages } from '../api/hooks';
import type { Incident, Report } from '../api/incidents';
import type { Alarm, Case, Indicator, Latest, Notification, Progress, Thing, Values } from '../api/types';
import { alarmBelongs, caseBelongs, foldIncident, foldIndicator, foldItem, foldLatest, foldLatestPages, foldProgress, mergeValues, reportBelongs, type Arrived } from './fold';

function everyList<T>(client: QueryClient, path: string, fold: (pages: Pages<T>, query: Query) => Pages<T>): void {
  for (const [key, pages] of client.getQueriesData<Pages<T>>({ queryKey: ['rows', path] })) {
    if (pages !== undefined) client.setQueryData(key, fold(pages, (key[2] ?? {}) as Query));
  }
}

export function applyReadings(client: QueryClient, arrived: Arrived): void {
  everyList<Latest>(client, '/api/latest', (pages) => foldLatestPages(pages, arrived));
  client.setQueriesData<Latest[]>({ queryKey: ['all', '/api/latest'] }, (items) => items && foldLatest(items, arrived));
  for (const [thing, values] of arrived) {
    client.setQueriesData<{ values: Values }>({ queryKey: ['one', `/api/things/${segment(thing)}/latest`] }, (held) => {
      if (held === undefined) return held;
      const merged = mergeValues(held.values, values);
      return merged === held.values ? held : { ...held, values: merged };
    });
  }
}

export function applyAlarm(client: QueryClient, alarm: Alarm): void {
  everyList<Alarm>(client, '/api/alarms', (pages, query) => foldItem(pages, alarm, (other) => other.id === alarm.id, alarmBelongs(alarm, query)));
  client.setQueriesData({ queryKey: ['one', `/api/alarms/${segment(alarm.id)}`] }, () => alarm);
}

export function applyCase(client: QueryClient, item: Case, me: string): void {
  everyList<Case>(client, '/api/cases', (pages, query) => foldItem(pages, item, (other) => other.id === item.id, caseBelongs(item, query, me)));
  void client.invalidateQueries({ queryKey: ['one', `/api/cases/${segment(item.id)}`] });
}

export function applyIndicator(client: QueryClient, item: Indicator): void {
  everyList<Indicator>(client, '/api/indicators', (pages, query) => (query['at'] === undefined ? foldIndicator(pages, item) : pages));
}

export function applyThing(client: QueryClient, thing: Thing): void {
  everyList<Thing>(client, '/api/things', (pages) => foldItem(pages, thing, (other) => other.id === thing.id, pages.pages.some((page) => page.items.some((other) => other.id === thing.id))));
  let isNew = false;
  client.setQueriesData<Thing[]>({ queryKey: ['all', '/api/things'] }, (items) => {
    if (items === undefined) return items;
    const at = items.findIndex((other) => other.id === thing.id);
    if (at < 0) { isNew = true; return items; }
    return items.with(at, thing);
  });
  client.setQueriesData<Thing>({ queryKey: ['one', `/api/things/${segment(thing.id)}`] }, (held) => held && { ...held, ...thing });
  if (isNew) void client.invalidateQueries({ queryKey: ['all', '/api/things'] }, { cancelRefetch: false });
}

export function applyNotification(client: QueryClient, item: Notification): void {
  everyList<Notification>(client, '/api/notifications', (pages, query) => foldItem(pages, item, (other) => other.id === item.id, query['unread'] !== true || item.readAt === null));
  void client.invalidateQueries({ queryKey: ['one', '/api/notifications/unread'] });
}

export function applyProgress(client: QueryClient, item: Progress): void {
  everyList<Progress>(client, '/api/progress', (pages) => {
    const [head, ...rest] = pages.pages;
    return head === undefined ? pages : { ...pages, pages: [{ ...head, items: foldProgress(head.items, item) }, ...rest] };
  });
}

export function applyIncident(client: QueryClient, item: Incident, me: string): void {
  everyList<Incident>(client, '/api/incidents', (pages, query) => foldIncident(pages, item, query, me));
  void client.invalidateQueries({ queryKey: ['one', `/api/incidents/${segment(item.id)}`] });
}

export function applyReport(client: QueryClient, item: Report): void {
  everyList<Report>(client, '/api/reports', (pages, query) => foldItem(pages, item, (other) => other.id === item.id, reportBelongs(item, query)));
  void client.invalidateQueries({ queryKey: ['one', `/api/reports/${segment(item.id)}`] });
}

/** What depends on all incidents together; the list of the ranking comes in its new order. */
export function lookAgainAtIncidents(client: QueryClient): void {
  for (const path of ['/api/incidents/figures', '/api/incidents/map']) void client.invalidateQueries({ queryKey: ['one', path] });
  void client.invalidateQueries({ queryKey: ['rows', '/api/incidents'] });
}
