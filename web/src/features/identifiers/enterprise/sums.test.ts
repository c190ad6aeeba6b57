import { expect, test } from 'vitest';
import { sums } from './sums';

test('what prefixes have is added up, and only active ones count as such', () => {
  expect(sums([{ state: 'active', identifiers: 3 }, { state: 'suspended', identifiers: 4 }], [{ found: 5, missed: 1, registered: 2 }, { found: 7, missed: 0, registered: 0 }]))
    .toEqual({ active: 1, identifiers: 7, found: 12, missed: 1, registered: 2 });
});
