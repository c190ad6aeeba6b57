import { expect, test } from 'vitest';
import { blockPath, isHandle, isOperator } from './block';

test.each([['identifier', '88.1/01/0691?', '/api/identifier-blocks/identifier/88.1/01/0691%3F'], ['party', 'a b', '/api/identifier-blocks/party/a%20b']] as const)('a block of the %s %s is at %s', (kind, target, path) => {
  expect(blockPath({ kind, target })).toBe(path);
});

test.each([['88.118.1/B', true], ['88.118.1/板', true], ['88.118.1/', false], ['/B', false], ['B-1', false]])('%s is an identifier: %s', (text, is) => { expect(isHandle(text)).toBe(is); });

test('the platform is operated by who administers all of it', () => {
  const grants = (role: string, party: string, region = 'root') => ({ grants: [{ role, party, region }] });
  expect([grants('administrator', 'root'), grants('engineer', 'root'), grants('administrator', 'acme'), grants('administrator', 'root', '44')].map(isOperator)).toEqual([true, false, false, false]);
});
