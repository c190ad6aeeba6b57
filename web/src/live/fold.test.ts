import { describe, expect, test } from 'vitest';
import type { Alarm, Case, Indicator, Latest, Reading } from '../api/types';
import type { Pages } from '../api/hooks';
import { addArrived, alarmBelongs, caseBelongs, foldIndicator, foldItem, foldLatest, foldLatestPages, foldProgress, mergeValues, type Arrived } from './fold';

const reading = (value: number, second: number): Reading => ({ value, ts: `2026-01-05T08:00:${String(second).padStart(2, '0')}Z`, quality: 'good' });
const latest = (thing: string, value: number): Latest => ({ thing, name: thing, type: 't', parent: null, values: { a: reading(value, 10) } });
const pages = <T>(...items: T[][]): Pages<T> => ({ pages: items.map((part) => ({ items: part, next: null })), pageParams: items.map(() => null) });

describe('readings', () => {
  test('a newer reading replaces the one held', () => { expect(mergeValues({ a: reading(1, 10) }, { a: reading(2, 11) })).toEqual({ a: reading(2, 11) }); });
  test('a late reading changes nothing, not even the identity', () => {
    const held = { a: reading(1, 10) };
    expect(mergeValues(held, { a: reading(2, 9) })).toBe(held);
  });
  test('of equal times the later arrival wins, being a correction', () => { expect(mergeValues({ a: reading(1, 10) }, { a: reading(2, 10) })['a']?.value).toBe(2); });
  test('what arrives between two folds is merged by thing', () => {
    const arrived: Arrived = new Map();
    addArrived(arrived, 'x', { a: reading(1, 11) });
    addArrived(arrived, 'x', { b: reading(2, 11) });
    expect(arrived.get('x')).toEqual({ a: reading(1, 11), b: reading(2, 11) });
  });
  test('only the thing that changed is replaced in a list', () => {
    const items = [latest('x', 1), latest('y', 2)];
    const after = foldLatest(items, new Map([['y', { a: reading(3, 12) }]]));
    expect(after[0]).toBe(items[0]);
    expect(after[1]?.values['a']?.value).toBe(3);
  });
  test('a list that nothing concerns keeps its identity, page by page', () => {
    const held = pages([latest('x', 1)], [latest('y', 2)]);
    expect(foldLatestPages(held, new Map([['z', { a: reading(3, 12) }]]))).toBe(held);
    const after = foldLatestPages(held, new Map([['y', { a: reading(3, 12) }]]));
    expect(after.pages[0]).toBe(held.pages[0]);
    expect(after.pages[1]?.items[0]?.values['a']?.value).toBe(3);
  });
});

describe('items', () => {
  const alarm = (id: string, state: Alarm['state']) => ({ id, state, severity: 'red', thing: 't1', rule: 'r1' }) as Alarm;
  const fold = (held: Pages<Alarm>, item: Alarm, query = { state: 'open' }) => foldItem(held, item, (other) => other.id === item.id, alarmBelongs(item, query));
  test('a new alarm stands at the head', () => { expect(fold(pages([alarm('1', 'raised')]), alarm('2', 'raised')).pages[0]?.items.map((item) => item.id)).toEqual(['2', '1']); });
  test('a changed alarm stays in its place', () => { expect(fold(pages([alarm('1', 'raised'), alarm('2', 'raised')]), alarm('2', 'acknowledged')).pages[0]?.items.map((item) => item.state)).toEqual(['raised', 'acknowledged']); });
  test('a cleared alarm leaves the list of open ones', () => { expect(fold(pages([alarm('1', 'raised')]), alarm('1', 'cleared')).pages[0]?.items).toEqual([]); });
  test('an alarm of another rule is not shown', () => { expect(alarmBelongs(alarm('1', 'raised'), { state: 'open', rule: 'r2' })).toBe(false); });
  test('a filter that is not set lets everything through', () => { expect(alarmBelongs(alarm('1', 'cleared'), { state: '', severity: undefined })).toBe(true); });

  const item = (over: Partial<Case>): Case => ({ type: 'w', state: 's', final: false, assignee: 'me', thing: null, title: 'Drill 5 stopped', number: 'WO-7', ...over }) as Case;
  test('my open cases are those assigned to me that are not closed', () => {
    expect(caseBelongs(item({}), { open: true, mine: true }, 'me')).toBe(true);
    expect(caseBelongs(item({ final: true }), { open: true, mine: true }, 'me')).toBe(false);
    expect(caseBelongs(item({ assignee: 'you' }), { open: true, mine: true }, 'me')).toBe(false);
  });
  test('a case is found by words of its title or its number', () => {
    expect(caseBelongs(item({}), { q: 'drill' }, 'me')).toBe(true);
    expect(caseBelongs(item({}), { q: 'wo-7' }, 'me')).toBe(true);
    expect(caseBelongs(item({}), { q: 'press' }, 'me')).toBe(false);
  });
});

describe('indicators and progress', () => {
  const figure = (from: string, value: number) => ({ indicator: 'oee', thing: 't', value, window: { kind: 'shift', from } }) as Indicator;
  test('a newer window replaces the one shown', () => { expect(foldIndicator(pages([figure('2026-01-05T00:00:00Z', 1)]), figure('2026-01-05T08:00:00Z', 2)).pages[0]?.items[0]?.value).toBe(2); });
  test('an earlier window corrected by late data leaves the list as it is', () => {
    const held = pages([figure('2026-01-05T08:00:00Z', 1)]);
    expect(foldIndicator(held, figure('2026-01-05T00:00:00Z', 2))).toBe(held);
  });
  test('work that is done is no longer shown', () => {
    const task = (done: number) => ({ task: 'fill', name: { zh: '', en: '' }, done, total: 100 });
    expect(foldProgress([task(40)], task(60))).toEqual([task(60)]);
    expect(foldProgress([task(60)], task(100))).toEqual([]);
  });
});
