import { expect, test } from 'vitest';
import { kindOf, weeksOf } from './days';

const calendar = { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], holidays: ['2026-10-01', '2026-10-03'], workdays: ['2026-10-10'] };

// 1 October 2026 is a Thursday.
test.each([
  ['2026-09-30', 'work'], ['2026-10-01', 'holiday'], ['2026-10-03', 'rest'], ['2026-10-04', 'rest'], ['2026-10-09', 'work'], ['2026-10-10', 'instead'],
])('%s is a day of %s', (day, kind) => { expect(kindOf(calendar, day)).toBe(kind); });

test('a month stands in weeks from Monday on', () => {
  const weeks = weeksOf(2026, 10);
  expect(weeks[0]).toEqual([null, null, null, '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04']);
  expect(weeks.at(-1)).toEqual(['2026-10-26', '2026-10-27', '2026-10-28', '2026-10-29', '2026-10-30', '2026-10-31', null]);
  expect(weeksOf(2024, 2).flat().filter((day) => day !== null)).toHaveLength(29);
});
