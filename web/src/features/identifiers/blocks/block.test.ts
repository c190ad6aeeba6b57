import { expect, test } from 'vitest';
import type { Block } from '../../../api/identifiers';
import { blockOf, blockPath, isHandle, isOperator, keyOf } from './block';

const block = (kind: Block['kind'], target: string): Block => ({ kind, target, targetName: target, reason: 'r', by: 'a', byName: 'A', at: '2026-11-30T00:00:00Z' });

test.each([['88.118.1/Lot-7', '88.118.1/Lot-7'], ['ABC/Lot', 'abc/Lot'], ['0.NA/88.ABC', '0.na/88.abc']])('%s is blocked as %s', (handle, key) => { expect(keyOf(handle)).toBe(key); });

test('a block is found by the identifier, and by no party of that name', () => {
  const blocks = [block('party', 'abc/Lot'), block('identifier', 'abc/Lot')];
  expect(blockOf(blocks, 'ABC/Lot')).toBe(blocks[1]);
  expect(blockOf(blocks, 'abc/lot')).toBeUndefined();
});

test.each([['identifier', '88.1/01/0691?', '/api/identifier-blocks/identifier/88.1/01/0691%3F'], ['party', 'a b', '/api/identifier-blocks/party/a%20b']] as const)('a block of the %s %s is at %s', (kind, target, path) => {
  expect(blockPath({ kind, target })).toBe(path);
});

test.each([['88.118.1/B', true], ['88.118.1/板', true], ['88.118.1/', false], ['/B', false], ['B-1', false]])('%s is an identifier: %s', (text, is) => { expect(isHandle(text)).toBe(is); });

test('the platform is operated by who administers all of it', () => {
  const grants = (role: string, party: string, region = 'root') => ({ grants: [{ role, party, region }] });
  expect([grants('administrator', 'root'), grants('engineer', 'root'), grants('administrator', 'acme'), grants('administrator', 'root', '44')].map(isOperator)).toEqual([true, false, false, false]);
});
