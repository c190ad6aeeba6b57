import { describe, expect, test } from 'vitest';
import { increases, usualStep, withGaps } from '../charts/gaps';
import { endShifts } from '../charts/trend';
import { zoneFor } from '../context/zone';
import { columnsAt, laneDepth } from '../features/console/widgets/lanes';
import { nextBoard, wallAddress } from '../features/console/rotation';
import { connectCommands, quoted } from '../features/devices/connect';
import { risingIsWorse } from '../features/indicators/bands';
import { indicatorText } from '../features/indicators/value';
import { autoBucket, thresholdsOf } from '../features/telemetry/buckets';
import { lookOf } from './states';
import { parseWhy, whyOf } from './open';
import { shortName, tailOf } from './shortName';
import { subtree, treeOrder } from './tree';

describe('trees', () => {
  const nodes = [{ id: 'a', parent: null }, { id: 'b', parent: 'a' }, { id: 'c', parent: 'b' }, { id: 'd', parent: 'gone' }, { id: 'e', parent: 'a' }];
  test('go depth first, and a node without a visible parent is a root', () => { expect(treeOrder(nodes).map((row) => `${row.depth}${row.node.id}`)).toEqual(['0a', '1b', '2c', '1e', '0d']); });
  test('hide what is below a closed node', () => { expect(treeOrder(nodes, new Set(['b'])).map((row) => row.node.id)).toEqual(['a', 'b', 'e', 'd']); });
  test('a subtree is the node and all below', () => { expect([...subtree(nodes, 'b')]).toEqual(['b', 'c']); });
});

describe('charts', () => {
  test('a pause longer than two and a half buckets is a gap', () => { expect(withGaps([[0, 1], [10, 2], [40, 3]], 10)).toEqual([[0, 1], [10, 2], [20, null], [40, 3]]); });
  test('a counter shows what it grew, and starts anew after a reset', () => { expect(increases([[0, 5], [1, 8], [2, 2], [3, 4]])).toEqual([[1, 3], [2, 2], [3, 2]]); });
  test('points usually stand as far apart as nine of ten do', () => { expect(usualStep([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 900])).toBe(10); });
  test('one point has no usual distance', () => { expect(usualStep([5])).toBe(0); });
  test('thresholds are read from conditions by property', () => {
    expect(thresholdsOf('temperature > 65.0 || temperature < 20 && other_temperature > 3', 'temperature')).toEqual([65, 20]);
    expect(thresholdsOf(null, 'x')).toEqual([]);
  });
  test('a threshold that is a parameter is what it is for the thing', () => {
    expect(thresholdsOf('temperature > limit || temperature < limit - 7.0 || temperature > other', 'temperature', { limit: 65 })).toEqual([65, 58]);
  });
  test.each([[1, '10s'], [8, '1m'], [24, '5m'], [168, '1h']])('%d h are shown by %s', (hours, bucket) => { expect(autoBucket(hours)).toBe(bucket); });
});

describe('lanes', () => {
  test('take the depth that leaves the fewest places empty and still fits across', () => { expect(laneDepth([1, 2, 2, 6, 2, 2, 2, 3])).toBe(3); });
  test('never stand wider than ten tiles where more depth helps', () => {
    const counts = [2, 3, 5, 12, 4, 3, 4, 6];
    expect(columnsAt(counts, laneDepth(counts))).toBeLessThanOrEqual(10);
  });
});

describe('names and addresses', () => {
  test('a name drops what its headings say', () => {
    expect(shortName('1号线 钻孔机 05', ['1号线', '1号线 钻孔'])).toBe('钻孔机 05');
    expect(shortName('Line 1', ['Line'])).toBe('Line 1');
    expect(shortName('钻孔机 1 号', ['1 号线', '钻孔'])).toBe('钻孔机 1 号');
  });
  test.each([['钻孔机 1 号', '1 号'], ['Drill 05', '05'], ['Plating line', 'line'], ['压机', '压机']])('where room is short, %s is %s', (name, tail) => {
    expect(tailOf(name)).toBe(tail);
  });
  test('an indicator of a thing goes through an address and back', () => { expect(parseWhy(whyOf({ indicator: 'oee', thing: 'm:1~x' }))).toEqual({ indicator: 'oee', thing: 'm:1~x' }); });
  test('boards turn in the order chosen, and one alone stays', () => {
    expect(wallAddress(['a', 'b'])).toBe('/wall/a?rotate=a,b');
    expect(nextBoard('b', 'a,b')).toBe('a');
    expect(nextBoard('a', 'a')).toBeNull();
  });
  test('the zone is the nearest above, else the only one declared, else the server\'s', () => {
    const parties = [{ id: 'root', parent: null, zone: null }, { id: 'f', parent: 'root', zone: 'Asia/Shanghai' }, { id: 'w', parent: 'f', zone: null }];
    expect(zoneFor(parties, 'w', 'UTC')).toBe('Asia/Shanghai');
    expect(zoneFor(parties, 'root', 'UTC')).toBe('Asia/Shanghai');
    expect(zoneFor([...parties, { id: 'g', parent: 'root', zone: 'Europe/Paris' }], 'root', 'UTC')).toBe('UTC');
  });
});

describe('indicators and states', () => {
  test('a ratio is printed in percent, seconds as a duration, nothing as a dash', () => {
    expect(indicatorText(0.7, '%', 'en')).toEqual({ text: '70.0', unit: '%' });
    expect(indicatorText(3660, 's', 'en')).toEqual({ text: '1 h 01 min', unit: '' });
    expect(indicatorText(null, '%', 'en')).toEqual({ text: '–', unit: '' });
  });
  test('more is worse where the best band asks for little', () => {
    expect(risingIsWorse([{ band: 'green', when: '<= 0.005', meaning: { zh: '', en: '' } }])).toBe(true);
    expect(risingIsWorse([{ band: 'green', when: '>= 0.85', meaning: { zh: '', en: '' } }])).toBe(false);
  });
  test('a state that no family knows is neutral', () => {
    expect(lookOf('breakdown').tone).toBe('red');
    expect(lookOf('plasma-etching').tone).toBe('calm');
    const press = ['idle', 'heating', 'dwell', 'cooling'];
    expect(new Set(press.map((state) => lookOf(state, press).colour)).size).toBe(4);
    expect(lookOf(undefined).tone).toBe('none');
  });
});

describe('connecting', () => {
  const typeInfo = { id: 'drill', pack: 'p', name: { zh: '', en: '' }, properties: [{ id: 'temp', name: { zh: '', en: '' }, type: 'number', range: [-20, 150] as [number, number] }] };
  const place = { hostname: 'box', origin: 'http://box:8600', mqttPort: '1883' };
  test('gives an MQTT command that a shell takes as it is', () => {
    expect(connectCommands({ id: "o'k", type: 'drill', typeInfo }, 's$1', place, []).mqtt).toBe(`mosquitto_pub -h box -p 1883 -q 1 -u 'o'\\''k' -P 's$1' -t 'jw/o'\\''k/readings' -m '{"values":{"temp":30}}'`);
  });
  test('names the thing over HTTP as the channel maps it', () => {
    expect(connectCommands({ id: 'd 1', type: 'drill', typeInfo }, 's', place, [{ protocol: 'line-protocol', database: 'plant', thingTag: 'machine' }]).http)
      .toBe(`curl -i -u 'd 1:s' 'http://box:8600/write?db=plant' --data-binary 'drill,machine=d\\ 1 temp=30'`);
  });
  test('quotes end where they began', () => { expect(quoted("a'b")).toBe("'a'\\''b'"); });
});

test('names at the ends of lines do not lie on each other', () => {
  // A plot of sixteen lines of 10 px over a range of 100: 1.6 px for each. 80 and 79 are 1.6 px apart and shall be 12; 20 is far away.
  const [low, high, middle] = endShifts([20, 80, 79], 100, 10);
  expect(high).toBe(0);
  expect(middle).toBeCloseTo(10.4, 9);
  expect(low).toBe(0);
});
