import { expect, test } from 'vitest';
import type { EpcisEvent } from '../../api/trace';
import { extras, isPartial, partsOf, valueOf } from './event';
import { unitOf, wordKey } from './names';

const event: EpcisEvent = { type: 'TransformationEvent', eventID: 'ni:///sha-256;1', eventTime: '2026-03-01T08:00:00Z', eventTimeZoneOffset: '+08:00' };

test('objects stand by what happened to them', () => {
  expect(partsOf({ ...event, inputQuantityList: [{ epcClass: 'urn:x:lot', quantity: 2, uom: 'MTK' }], outputEPCList: ['urn:x:a', 'urn:x:b'] })).toEqual([
    { role: 'inputs', ids: [], amounts: [{ epcClass: 'urn:x:lot', quantity: 2, uom: 'MTK' }] }, { role: 'outputs', ids: ['urn:x:a', 'urn:x:b'], amounts: [] },
  ]);
});

test('a report has one value, of a summary the mean; false and zero are values', () => {
  expect([valueOf({ value: 0 }), valueOf({ meanValue: 2.5, minValue: 1 }), valueOf({ booleanValue: false }), valueOf({ stringValue: 'ok' }), valueOf({})]).toEqual([0, 2.5, false, 'ok', null]);
});

test('fields beyond the standard are told by their bare names', () => {
  expect(extras({ ...event, 'ext:operator': 'Li', 'http://example.com/ext/line': { 'ext:no': 3 } })).toEqual([['operator', 'Li'], ['line', '{"ext:no":3}']]);
});

test.each([['step', 'https://ref.gs1.org/cbv/BizStep-shipping', 'step.shipping'], ['disp', 'conformant', 'disp.conformant'], ['measure', 'https://gs1.org/voc/Temperature', 'measure.Temperature'], ['measure', 'gs1:Pressure', 'measure.Pressure'], ['btt', 'urn:example:work-order', null]] as const)('of %s %s is the word %s', (vocabulary, uri, key) => {
  expect(wordKey(vocabulary, uri)).toBe(key);
});

test('units are written as people do, and a code that is not known as it is', () => {
  expect([unitOf('CEL'), unitOf('MTK'), unitOf('EA'), unitOf('XYZ'), unitOf(undefined)]).toEqual(['°C', 'm²', '', 'XYZ', '']);
});

test('an event that is seen by an agreement is told by its id', () => {
  expect([isPartial('urn:jingwei:event:0123456789abcdef0123456789abcdef'), isPartial(event.eventID)]).toEqual([true, false]);
});
