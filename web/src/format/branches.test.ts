import { expect, test } from 'vitest';
import { branches } from './branches';

test('a chain of choices is what holds when, in its order', () => {
  expect(branches(`level == 1.0 ? 'red' : (kind in ['a', 'b:c'] || x > 0.0) ? 'yellow' : 'blue'`)).toEqual([
    { when: 'level == 1.0', then: `'red'` }, { when: `(kind in ['a', 'b:c'] || x > 0.0)`, then: `'yellow'` }, { when: null, then: `'blue'` },
  ]);
});

test('a choice within a choice stays with its own', () => {
  expect(branches(`a ? b ? '1' : '2' : '3'`)).toEqual([{ when: 'a', then: `b ? '1' : '2'` }, { when: null, then: `'3'` }]);
  expect(branches(`'red'`)).toEqual([{ when: null, then: `'red'` }]);
});
