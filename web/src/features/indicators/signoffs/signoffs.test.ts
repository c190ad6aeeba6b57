import { describe, expect, test } from 'vitest';
import { lastPeriod, periodText } from './period';

describe('periods', () => {
  test.each([
    ['2026-10-01', '2026-11-01', '2026-10'], ['2026-12-01', '2027-01-01', '2026-12'], ['2026-10-05', '2026-10-06', '2026-10-05'],
    ['2026-10-05', '2026-10-12', '2026-10-05 – 2026-10-11'], ['2026-10-01', '2026-12-01', '2026-10-01 – 2026-11-30'],
  ])('from %s to before %s is %s', (from, to, text) => { expect(periodText({ from, to })).toBe(text); });
  // 29 November 2026 is a Sunday.
  test.each([
    ['day', '2026-11-29', '2026-11-28', '2026-11-28'], ['week', '2026-11-29', '2026-11-16', '2026-11-22'], ['week', '2026-11-30', '2026-11-23', '2026-11-29'],
    ['month', '2026-11-29', '2026-10-01', '2026-10-31'], ['month', '2026-03-01', '2026-02-01', '2026-02-28'], ['month', '2026-01-31', '2025-12-01', '2025-12-31'],
  ] as const)('the last %s that is over on %s goes from %s to %s', (kind, today, first, last) => { expect(lastPeriod(kind, today)).toEqual({ first, last }); });
});
