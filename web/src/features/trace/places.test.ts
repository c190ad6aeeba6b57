import { expect, test } from 'vitest';
import type { Trace, TraceEvent, TraceNode } from '../../api/trace';
import { frameOf, labels, partAt, placeNames, scaleBar, spread, stopsOf } from './places';

const event = (id: string, at: string, party: string, readPoint: string | null, bizLocation: string | null = null): TraceEvent => ({ id, type: 'ObjectEvent', at, party: { id: party, name: party }, action: null, bizStep: null, disposition: null, readPoint, bizLocation, sensors: false });
const node = (id: string, bizLocation: string | null): TraceNode => ({ id, depth: 0, events: 1, hidden: [], party: null, since: null, at: null, bizStep: null, disposition: null, bizLocation });
const trace: Trace = {
  root: 'a', direction: 'forward', isCut: false,
  nodes: [node('a', null), node('b', 'port'), node('c', 'plant')],
  links: [{ from: 'a', to: 'b', kind: 'transformation', eventId: '2', at: '2026-03-02', until: null, quantity: null, uom: null }],
  events: [event('1', '2026-03-01', 'maker', 'plant'), event('3', '2026-03-03', 'maker', 'gate', 'plant'), event('2', '2026-03-02', 'carrier', 'port'), event('4', '2026-03-04', 'carrier', 'quay'), event('5', '2026-03-05', 'carrier', 'unknown')],
  places: [{ id: 'plant', name: 'Plant', lat: 30, lon: 120, party: 'maker' }, { id: 'port', name: 'Port', lat: 31, lon: 122, party: 'carrier' }, { id: 'port', name: 'Their port', lat: 31, lon: 122, party: 'maker' }, { id: 'quay', name: 'Quay', lat: 31, lon: 122, party: 'carrier' }, { id: 'gate', name: 'Gate', lat: null, lon: null, party: 'maker' }],
};

test('a place has the name that the party of the event gives it, else any, else the end of its identifier', () => {
  const name = placeNames(trace.places);
  expect([name('port', 'carrier'), name('port', 'maker'), name('plant', 'carrier'), name('urn:x:dock')]).toEqual(['Port', 'Their port', 'Plant', 'dock']);
});

test('stops stand in the order of time, and legs between places that differ', () => {
  expect(stopsOf(trace)).toEqual({
    stops: [{ id: 'plant', ids: ['plant'], lat: 30, lon: 120, party: 'maker', events: 2 }, { id: 'port', ids: ['port', 'quay'], lat: 31, lon: 122, party: 'carrier', events: 2 }],
    legs: [{ from: 'plant', to: 'port', party: 'carrier', times: 2 }, { from: 'port', to: 'plant', party: 'maker', times: 1 }],
  });
});

test('all stops lie in the picture, north above, and one alone in its middle', () => {
  const frame = frameOf([{ lon: 120, lat: 30 }, { lon: 122, lat: 31 }], 800, 400);
  const [plant, port] = [frame.place({ lon: 120, lat: 30 }), frame.place({ lon: 122, lat: 31 })];
  expect(plant.y).toBeGreaterThan(port.y);
  expect(plant.x).toBeLessThan(port.x);
  for (const { x, y } of [plant, port]) { expect(x).toBeGreaterThanOrEqual(63.9); expect(x).toBeLessThanOrEqual(736.1); expect(y).toBeGreaterThanOrEqual(63.9); expect(y).toBeLessThanOrEqual(336.1); }
  expect(frameOf([{ lon: 7, lat: 50 }], 300, 200).place({ lon: 7, lat: 50 })).toEqual({ x: 150, y: 100 });
});

test.each([[0.01, 100, 10_000], [0.03, 100, 2_000], [1, 100, 100], [0.5, 120, 200]])('at %d pixels a metre a bar of %d pixels is %d m', (metre, most, metres) => {
  const bar = scaleBar(metre, most);
  expect(bar.metres).toBeCloseTo(metres);
  expect(bar.pixels).toBeCloseTo(metres * metre);
});

test('at a place are its events, what is there, and what went through them', () => {
  const port = stopsOf(trace).stops[1];
  if (port === undefined) throw new Error('There is no second stop.');
  const part = partAt(trace, port);
  expect(part.events.map((one) => one.id)).toEqual(['2', '4']);
  expect(part.nodes.map((one) => one.id)).toEqual(['a', 'b']);
});

test('dots on each other are pushed apart, and those with room stay', () => {
  const [first, second, far] = spread([{ x: 100, y: 100 }, { x: 100, y: 100 }, { x: 300, y: 50 }]);
  expect(Math.hypot((first?.x ?? 0) - (second?.x ?? 0), (first?.y ?? 0) - (second?.y ?? 0))).toBeCloseTo(21);
  expect(far).toEqual({ x: 300, y: 50 });
});

test('names stand where nothing lies: right, then left, below or above, and not at all where there is no room', () => {
  expect(labels([{ x: 100, y: 100 }, { x: 121, y: 100 }], ['Plant', 'Port'], 400, 200).map((one) => one.anchor)).toEqual(['end', 'start']);
  expect(labels([{ x: 380, y: 100 }], ['A long name'], 400, 200)[0]?.anchor).toBe('end');
  expect(labels([{ x: 300, y: 50 }], ['Port'], 400, 200, [{ left: 360, right: 400, top: 0, bottom: 92 }])[0]?.anchor).toBe('start');
  expect(labels([{ x: 340, y: 50 }], ['Port'], 400, 200, [{ left: 360, right: 400, top: 0, bottom: 92 }])[0]?.anchor).toBe('end');
  expect(labels([{ x: 20, y: 20 }], ['A name that is longer than the picture'], 60, 40)[0]?.shown).toBe(false);
});
