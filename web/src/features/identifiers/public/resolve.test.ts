import { expect, test } from 'vitest';
import { meaningOf, nameOf, targetOf } from './resolve';

test.each([
  [404, { responseCode: 100, handle: '1/a' }, 'missing'], [404, { responseCode: 200, handle: '1/a' }, 'missing'], [400, { responseCode: 102, handle: '1' }, 'wrong'],
  [401, {}, 'signin'], [500, null, 'failed'], [502, { responseCode: 2, handle: '1/a' }, 'failed'],
] as const)('an answer %d with %j means %s', (status, answer, meaning) => { expect(meaningOf(status, answer)).toEqual({ is: meaning }); });

test('what was found has its values', () => {
  const values = [{ index: 1, type: 'URL', data: { format: 'string', value: 'u' }, ttl: 86_400, timestamp: '2026-11-29T00:00:00Z' }];
  expect(meaningOf(200, { responseCode: 1, handle: '1/a', values })).toEqual({ is: 'found', answer: { responseCode: 1, handle: '1/a', values } });
});

test.each([['/id/88.118.1/a%2Fb', '88.118.1/a%2Fb', '88.118.1/a/b'], ['/id/88.118.1/id/x', '88.118.1/id/x', '88.118.1/id/x'], ['/id/88.118.1/%zz', '88.118.1/%zz', '88.118.1/%zz']])('%s asks for %s and shows %s', (path, target, name) => {
  expect(targetOf(path)).toBe(target);
  expect(nameOf(target)).toBe(name);
});
