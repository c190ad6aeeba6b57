import { expect, test } from 'vitest';
import type { Trace, TraceNode } from '../api/trace';
import { spots } from './lineage';

const node = (id: string, depth: number, hidden = false): TraceNode => ({ id, depth, events: 1, hidden: hidden ? [{ id: 'p', name: 'P' }] : [], party: null, since: null, at: null, bizStep: null, disposition: null, bizLocation: null });
const trace = (direction: Trace['direction'], nodes: TraceNode[]): Trace => ({ root: 'a', direction, nodes, links: [], events: [], isCut: false, places: [] });

test('what went in stands left of what was asked for, what came out right of it', () => {
  const nodes = [node('a', 0), node('b', 1), node('c', 1, true)];
  expect(spots(trace('backward', nodes), (id) => id).map(({ id, x }) => [id, x])).toEqual([['a', -0], ['b', -1], ['c', -1]]);
  expect(spots(trace('forward', nodes), (id) => id).map(({ id, x }) => [id, x])).toEqual([['a', 0], ['b', 1], ['c', 1]]);
});

test('each has a place of its own in its column, and says where there is more', () => {
  const placed = spots(trace('backward', [node('a', 0), node('b', 1), node('c', 1, true)]), (id) => id);
  expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  expect(placed.filter(({ hidden }) => hidden).map(({ id }) => id)).toEqual(['c']);
});
