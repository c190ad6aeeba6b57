import { expect, test } from 'vitest';
import { ranked } from './pareto';
import { waterfallOption } from './waterfall';

test('a Pareto has the greatest first, and what they come to together', () => {
  const { parts, cumulated } = ranked([{ name: 'a', value: 10 }, { name: 'b', value: 0 }, { name: 'c', value: 60 }, { name: 'd', value: 30 }]);
  expect(parts.map((part) => part.name)).toEqual(['c', 'd', 'a']);
  expect(cumulated).toEqual([60, 90, 100]);
});

test('each step of a waterfall hangs where the one before ended, and the last bar stands on the ground', () => {
  const option = waterfallOption({ mode: 'dark', total: { name: 't', value: 100 }, steps: [{ name: 'a', value: 30 }, { name: 'b', value: 20 }], rest: { name: 'r', value: 50 }, text: String });
  const [base, bars] = option.series as { data: (number | { value: number })[] }[];
  expect(base?.data).toEqual([0, 70, 50, 0]);
  expect(bars?.data.map((bar) => (typeof bar === 'number' ? bar : bar.value))).toEqual([100, 30, 20, 50]);
});
