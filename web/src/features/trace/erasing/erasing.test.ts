import { expect, test } from 'vitest';
import type { EventMember } from '../../../api/trace';
import { erasable, erasures, isAbout, isHash } from './erasing';

const there = (...names: string[]): EventMember[] => names.map((name) => ({ name, erased: null }));
const gone = (name: string, at: string, reason = 'asked for'): EventMember => ({ name, erased: { name, at, by: 'li', byName: 'Li', reason } });

test('what an event cannot be without is not offered, nor what is gone', () => {
  const members = [...there('@context', 'type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'action', 'epcList', 'bizStep', 'ext:inspector', 'errorDeclaration'), gone('readPoint', '2026-03-01T00:00:00Z')];
  expect(erasable('ObjectEvent', members)).toEqual(['bizStep', 'ext:inspector']);
});

test('of two lists of objects one may go, of one none', () => {
  expect(erasable('ObjectEvent', there('epcList', 'quantityList'))).toEqual(['epcList', 'quantityList']);
  expect(erasable('ObjectEvent', [...there('epcList'), gone('quantityList', '2026-03-01T00:00:00Z')])).toEqual([]);
  expect(erasable('TransformationEvent', there('inputEPCList', 'outputEPCList', 'outputQuantityList', 'transformationID'))).toEqual(['outputEPCList', 'outputQuantityList', 'transformationID']);
  expect(erasable('AssociationEvent', there('parentID', 'childEPCs', 'childQuantityList', 'ext:a'))).toEqual(['childEPCs', 'childQuantityList', 'ext:a']);
  expect(erasable('AggregationEvent', there('parentID', 'childEPCs'))).toEqual(['parentID']);
});

test('what went at a time is told together, the newest first', () => {
  const members = [gone('eventID', '2026-03-01T00:00:00Z'), ...there('epcList'), gone('bizStep', '2026-03-02T00:00:00Z', 'a slip'), gone('ext:inspector', '2026-03-01T00:00:00Z')];
  expect(erasures(members)).toEqual([
    { names: ['bizStep'], at: '2026-03-02T00:00:00Z', byName: 'Li', reason: 'a slip' },
    { names: ['eventID', 'ext:inspector'], at: '2026-03-01T00:00:00Z', byName: 'Li', reason: 'asked for' },
  ]);
});

test('an id that is the hash of the content is known by its scheme', () => {
  expect([isHash({ eventID: 'ni:///sha-256;1?ver=CBV2.0' }), isHash({ eventID: 'urn:uuid:1' })]).toEqual([true, false]);
});

test.each([
  ['/epcis/events/ni%3A%2F%2F%2Fsha-256%3B1', {}, true], ['/api/ledger/proofs/facts/ni%3A%2F%2F%2Fsha-256%3B1', { wait: 5 }, true], ['/api/trace/telemetry', { event: 'ni:///sha-256;1' }, true],
  ['/api/trace', { id: 'urn:x:1' }, false], ['/epcis/events/ni%3A%2F%2F%2Fsha-256%3B12', {}, false],
])('%s is about the event or not', (path, query, is) => {
  expect(isAbout('ni:///sha-256;1', path, query)).toBe(is);
});
