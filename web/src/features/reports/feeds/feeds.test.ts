import { expect, test } from 'vitest';
import type { Feed } from '../../../api/incidents';
import { say } from '../../../i18n/sentences/say';
import { problemText, requestOf, stateOf } from './feed';

const feed: Feed = {
  id: '1', name: 'n', url: 'https://example.org/f', format: 'Atom 1.0', type: 't', party: 'root', region: '330300', regionName: '温州市', sourceKind: 'media', every: 300, reports: true, disabled: false,
  last: '2026-01-01T00:00:00Z', next: '2026-01-01T00:05:00Z', fault: null, failures: 0, entries: 3, taken: 1, duplicates: 1, warnings: 1, refused: 0,
};

test.each([
  [{}, 'fine'], [{ last: null }, 'waiting'], [{ fault: 'The server answers 404.' }, 'fault'], [{ fault: 'x', disabled: true }, 'off'],
] as const)('a feed with %o is %s', (changes, state) => { expect(stateOf({ ...feed, ...changes })).toBe(state); });

test('switching a feed off sends all else as it is, and nothing that the server counts', () => {
  expect(requestOf(feed, { disabled: true })).toEqual({ name: 'n', url: 'https://example.org/f', type: 't', party: 'root', region: '330300', sourceKind: 'media', every: 300, reports: true, disabled: true });
});

test.each([
  ['The server answers 404.', '服务器应答 404。'], ['urn:entry:7: The alert cannot be read.', 'urn:entry:7: 预警读不出来。'], ['3:7: /feed[1]: something new', '3:7: /feed[1]: something new'],
])('%s is said in Chinese where it has words', (problem, said) => { expect(problemText(problem, (text) => say(text, 'zh'))).toBe(said); });
