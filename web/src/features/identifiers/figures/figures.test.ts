import { describe, expect, test } from 'vitest';
import { asMonth, csvOf, drawn, inTurn, isLogistic, mostBars, monthBefore, monthsOf, productAsked } from './figures';

const group = (key: string, value: number, objects = 12) => ({ key, name: key, objects, value });

describe('months', () => {
  test.each([['2026-11', 2, '2026-09'], ['2026-01', 1, '2025-12'], ['2026-02', 14, '2024-12']])('%s less %i is %s', (month, count, before) => { expect(monthBefore(month, count)).toBe(before); });
  test('go over the year, both ends with them', () => { expect(monthsOf('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']); });
  test('that end before they begin are none', () => { expect(monthsOf('2026-02', '2025-12')).toEqual([]); });
  test.each([['2026-11', '2026-11'], ['2026-13', null], ['B-1', null], ['', null]])('%j of an address is %j', (text, month) => { expect(asMonth(text)).toBe(month); });
});

describe('a product', () => {
  test.each([['https://id.gs1.org/00', true], ['https://id.gs1.org/01/09520104000023', false], ['88.118.5/00', false]])('%s is of logistic units: %s', (key, logistic) => { expect(isLogistic(key)).toBe(logistic); });
  test.each([
    ['6912345200028', 'https://id.gs1.org/01/06912345200028'], [' 06912345200028 ', 'https://id.gs1.org/01/06912345200028'], ['12345670', 'https://id.gs1.org/01/00000012345670'],
    ['88.118.5/LAM', '88.118.5/LAM'], ['123456789', '123456789'], ['', ''],
  ])('%j is asked for as %j', (text, asked) => { expect(productAsked(text)).toBe(asked); });
});

describe('figures', () => {
  test.each([['events', 'b,a,c'], ['yield', 'c,a,b'], ['lead-time', 'b,a,c']] as const)('of %s begin with what asks for a look', (measure, order) => {
    expect(inTurn(measure, 'party', [group('a', 2), group('b', 3), group('c', 1)]).map((one) => one.key).join()).toBe(order);
  });
  test('by month stay in the order of time', () => { expect(inTurn('events', 'month', [group('2026-11', 1), group('2026-09', 3)]).map((one) => one.key)).toEqual(['2026-09', '2026-11']); });
  test('by month are drawn with the months that have none', () => {
    expect(drawn('month', [group('2026-11', 5)], ['2026-10', '2026-11']).map((one) => [one.key, one.group?.value ?? null])).toEqual([['2026-10', null], ['2026-11', 5]]);
  });
  test('by product are drawn as far as they can be read', () => { expect(drawn('product', Array.from({ length: 30 }, (_, at) => group(`p${at}`, at)), [])).toHaveLength(mostBars); });
  test('are a file with bare numbers, in which no name is a formula', () => {
    expect(csvOf([group('=a', 0.925)], (one) => one.name, ['Party', 'Key', 'Objects', 'Value'])).toBe('\ufeff"Party","Key","Objects","Value"\r\n"\'=a","\'=a",12,0.925\r\n');
  });
});
