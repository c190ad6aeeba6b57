import { expect, test } from 'vitest';
import { isObject, objectName, wordOf } from './names';

test.each([
  ['https://id.gs1.org/01/09520000000011/21/B-7', 'B-7'],
  ['https://id.gs1.org/01/09520000000011/10/L%2F1', 'L/1'],
  ['https://id.gs1.org/00/095200000000000017', '095200000000000017'],
  ['urn:epc:id:sgtin:9520000.000001.A', '9520000.000001.A'],
  ['urn:example:board:7', '7'],
])('%s is called %s', (id, name) => {
  expect(objectName(id)).toBe(name);
});

test('a standard word is bare, another keeps its last part', () => {
  expect(wordOf('https://ref.gs1.org/cbv/BizStep-shipping')).toBe('shipping');
  expect(wordOf('https://example.com/steps/pressing')).toBe('pressing');
  expect(wordOf(null)).toBeNull();
});

test.each([
  ['urn:epc:id:sgtin:6912345.030003.B-7', true], ['urn:epc:class:lgtin:6912345.010001.L-2602', true], ['https://id.gs1.org/01/06901234000016/21/B-7', true], ['https://id.gs1.org/00/095200000000000017', true],
  ['https://shop.example.cn/p/01/06901234000016/10/L-1', true], ['https://example.cn/reports/2026', false], ['L-2602', false], ['see urn:epc:id:sgtin:6912345.030003.B-7', false], ['urn:epc:id:sgln:6912345.00001.0', false],
])('%s is an object: %s', (text, is) => { expect(isObject(text)).toBe(is); });
