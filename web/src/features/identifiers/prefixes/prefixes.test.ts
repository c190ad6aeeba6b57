import { describe, expect, test } from 'vitest';
import type { DayCount, Prefix, PrefixChange } from '../../../api/identifiers';
import { askersOf, dayBefore, daysOf } from './counts';
import { isCreditCode, papers, stepsOf, told, waitingCount, waitingFirst } from './prefix';

const prefix = (name: string, more: Partial<Prefix> = {}): Prefix => ({
  prefix: name, party: 'root', partyName: null, state: 'active', above: null, applicant: null, delegation: null, quota: null, identifiers: 0, why: null, by: 'u', byName: 'U',
  applied: '2026-11-01T00:00:00Z', changed: '2026-11-01T00:00:00Z', version: 1, mayReview: true, mayConfigure: true, ...more,
});

describe('prefixes', () => {
  test('what waits for me comes first, and the rest by number', () => {
    const list = [prefix('88.118.10'), prefix('88.118.9'), prefix('88.118.11', { state: 'applied', applied: '2026-11-03T00:00:00Z' }), prefix('88.118.12', { state: 'applied', applied: '2026-11-02T00:00:00Z' }), prefix('88.118.2', { state: 'applied', mayReview: false })];
    expect(waitingFirst(list).map((one) => one.prefix)).toEqual(['88.118.12', '88.118.11', '88.118.2', '88.118.9', '88.118.10']);
    expect(waitingCount(list)).toBe(2);
  });

  test.each([
    [{ state: 'applied' }, ['approve', 'refuse', 'withdraw']], [{ state: 'active' }, ['suspend', 'withdraw']], [{ state: 'suspended' }, ['resume', 'withdraw']],
    [{ state: 'refused' }, []], [{ state: 'withdrawn' }, []], [{ state: 'active', mayReview: false }, ['withdraw']], [{ state: 'active', mayReview: false, mayConfigure: false }, []],
  ] as const)('with %o these decisions are open: %j', (more, open) => { expect(stepsOf(prefix('1', more))).toEqual(open); });

  test('a history is told newest first, beside what was before', () => {
    const change = (version: number): PrefixChange => ({ version, at: '', by: '', byName: '', state: 'active', why: null, delegation: null, quota: null });
    expect(told([change(1), change(2)]).map(({ change: now, before }) => [now.version, before?.version])).toEqual([[2, 1], [1, undefined]]);
  });

  // Codes that their holders publish; the second is the first with another check character, the third has a letter that is none.
  test.each([['914403001922038216', true], ['9144030071526726XG', true], ['914403001922038217', false], ['91440300192203821I', false], ['91440300', false]])('the check character of %s fits: %s', (code, fits) => {
    expect(isCreditCode(code)).toBe(fits);
  });

  test('papers leave out what was left empty', () => {
    expect(papers({ organisation: ' 一厂 ', contact: '王', purpose: '电路板', phone: ' ' })).toEqual({ organisation: '一厂', creditCode: null, industry: null, contact: '王', phone: null, email: null, purpose: '电路板' });
  });
});

describe('counts', () => {
  const count = (day: string, party: string | null, found: number, missed: number, registered = 0): DayCount => ({ day, prefix: '88.118.1', party, found, missed, registered });
  const counts = [count('2026-02-28', null, 5, 1, 7), count('2026-02-28', 'plant', 2, 0), count('2026-03-01', 'plant', 9, 3), count('2026-01-01', null, 99, 99), count('2026-03-01', 'idle', 0, 0)];

  test('a day has the sum of its askers, and a day without any has zeros', () => {
    expect(daysOf(counts, '2026-03-01', 3)).toEqual([
      { day: '2026-02-27', found: 0, missed: 0, registered: 0 }, { day: '2026-02-28', found: 7, missed: 1, registered: 7 }, { day: '2026-03-01', found: 9, missed: 3, registered: 0 },
    ]);
  });
  test('days go back over the end of a month', () => { expect(dayBefore('2028-03-01', 1)).toBe('2028-02-29'); });
  test('who asks most stands first, and who asked nothing is left out', () => {
    expect(askersOf(counts)).toEqual([{ party: null, found: 104, missed: 100 }, { party: 'plant', found: 11, missed: 3 }]);
  });
});
