import { expect, test } from 'vitest';
import type { Incident } from '../../../api/incidents';
import { byShape, mapName } from './drawing';
import { outlineDrawing } from './outlines';
import { runsOf } from './runs';
import tiles from './tiles.json';
import { neighbours, tileDrawing, withTiles, type Tile } from './tiles';

test.each([
  ['永嘉县', '永嘉'], ['景宁畲族自治县', '景宁'], ['鹿城区', '鹿城'], ['义乌市', '义乌'], ['浙江省', '浙江'], ['歙县', '歙县'], ['临江区（样例）', '临江'], ['Ningbo', 'Ningbo'],
])('%s stands on the map as %s', (name, short) => { expect(mapName(name)).toBe(short); });

test('who is my neighbour has me as his', () => {
  for (const tile of [[4, 3], [4, 4]] satisfies Tile[]) {
    expect(neighbours(tile)).toHaveLength(6);
    for (const other of neighbours(tile)) expect(neighbours(other)).toContainEqual(tile);
  }
});

test('every county of the shipped tiles has a place of its own', () => {
  const places = Object.values(tiles).map((tile) => tile.join());
  expect(new Set(places).size).toBe(90);
});

test('regions without a tile stand below those that have one, and none twice', () => {
  const placed = withTiles(['a', 'b', 'c', 'd'], { a: [3, 5], b: [4, 5] });
  expect(placed.get('a')).toEqual([3, 5]);
  expect(placed.get('c')?.[1]).toBe(7);
  expect(new Set([...placed.values()].map((tile) => tile.join())).size).toBe(4);
});

test('tiles of one region have no line between them; between two of one border the line is thin', () => {
  const one = tileDrawing([{ tile: [0, 0], shape: 'a', border: 'x' }, { tile: [1, 0], shape: 'a', border: 'x' }], (id) => id);
  expect(one.thin).toBe('');
  expect(one.thick.match(/M/g)).toHaveLength(10);
  const two = tileDrawing([{ tile: [0, 0], shape: 'a', border: 'x' }, { tile: [1, 0], shape: 'b', border: 'x' }], (id) => id);
  expect(two.thin.match(/M/g)).toHaveLength(2);
});

test('an outline is drawn with north above and as wide as the latitude lets it', () => {
  const square = [[120, 60], [121, 60], [121, 61], [120, 61], [120, 60]];
  const drawing = outlineDrawing([{ properties: { code: 'a', name: 'a' }, geometry: { type: 'Polygon', coordinates: [square] } }], (id) => id);
  const south = drawing.place({ lon: 120, lat: 60 });
  const north = drawing.place({ lon: 121, lat: 61 });
  expect(south.y - north.y).toBeCloseTo(1000, 6);
  // cos 60.5° = 0.4924
  expect(north.x - south.x).toBeCloseTo(492.4, 1);
});

test('an incident stands in the nearest region above its own that is drawn', () => {
  const incident = (id: string, region: string, severity: Incident['severity']) => ({ id, region, severity, heat: 1 }) as Incident;
  const parents = new Map<string, string | null>([['town', 'county'], ['county', 'city'], ['city', 'root'], ['root', null]]);
  const found = byShape([incident('1', 'town', 'blue'), incident('2', 'county', 'red'), incident('3', 'root', 'red')], parents, new Set(['county']));
  expect(found.get('county')?.map((one) => one.id)).toEqual(['2', '1']);
  expect([...found.keys()]).toEqual(['county']);
});

test('neighbours of one value are one run', () => {
  expect(runsOf([4, 4, 0, 4])).toEqual([{ from: 0, length: 2, value: 4 }, { from: 2, length: 1, value: 0 }, { from: 3, length: 1, value: 4 }]);
});
