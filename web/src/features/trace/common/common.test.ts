import { describe, expect, test } from 'vitest';
import { bothOf, commonPath, isOnly, mayAsk, mostTogether, parseObjects, unseen } from './common';

const [a, b] = ['urn:epc:id:sgtin:6912345.030003.B-1', 'https://id.gs1.org/01/06912345300032/21/B-2'];
const many = (count: number, prefix = 'x') => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

describe('objects of a text', () => {
  test.each([
    ['a line each', `${a}\n${b}\r\n`], ['commas', `${a},${b}`], ['commas and spaces', ` ${a}, ${b} ,`], ['tabs of a spreadsheet', `${a}\t${b}`], ['Chinese signs', `${a}，${b}、`], ['semicolons', `${a};${b};`], ['one twice', `${a} ${b} ${a}`],
  ])('parted by %s', (_, text) => { expect(parseObjects(text)).toEqual([a, b]); });
  test('a handle begins behind a comma too', () => { expect(parseObjects('88.118.5/LAM-1,88.118.5/LAM-2')).toEqual(['88.118.5/LAM-1', '88.118.5/LAM-2']); });
  test('a serial may hold a comma', () => { expect(parseObjects(`urn:epc:id:sgtin:6912345.030003.B,1,${b}`)).toEqual(['urn:epc:id:sgtin:6912345.030003.B,1', b]); });
  test('none of an empty one', () => { expect(parseObjects(' \n,')).toEqual([]); });
});

describe('they are asked about', () => {
  test.each([[0, 3, false], [1, 0, true], [mostTogether, 0, true], [mostTogether - 5, 5, true], [mostTogether - 5, 6, false]])('%i failed and %i good: %s', (failed, good, may) => {
    expect(mayAsk({ failed: many(failed), good: many(good, 'y') })).toBe(may);
  });
  test('not when one is on both sides', () => {
    expect(bothOf({ failed: [a, b], good: [b] })).toEqual([b]);
    expect(mayAsk({ failed: [a, b], good: [b] })).toBe(false);
  });
  test('each as a parameter of its own', () => {
    expect(new URLSearchParams(commonPath({ failed: [a, b], good: ['1/&'] }).split('?')[1]).getAll('id')).toEqual([a, b]);
    expect(commonPath({ failed: [a], good: ['1/&'] })).toMatch(/&other=1%2F%26$/);
  });
});

test.each([[12, 0, true], [11, 0, false], [12, 1, false]])('in %i of 12 failed and %i of 5 good is the mark of the failed ones: %s', (of, ofOthers, only) => { expect(isOnly({ of, ofOthers }, { asked: 12, others: 5 })).toBe(only); });
test('without good ones nothing is told apart', () => { expect(isOnly({ of: 12, ofOthers: 0 }, { asked: 12, others: 0 })).toBe(false); });
test('those that are not seen are counted', () => { expect(unseen({ failed: [a, b], good: ['c'] }, { asked: 1, others: 1 })).toBe(1); });
