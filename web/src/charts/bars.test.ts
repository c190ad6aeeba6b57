import { expect, test } from 'vitest';
import { barsOption } from './bars';

const bars = [{ name: '2026-10', value: 3, note: '' }, { name: '2026-11', value: null, note: '' }];

test('a month without a figure keeps its place and has no bar', () => {
  const { series, xAxis } = barsOption(bars, { mode: 'dark', lying: false, text: String }) as { series: { data: unknown[] }[]; xAxis: { data: string[] } };
  expect(series[0]?.data).toEqual([3, null]);
  expect(xAxis.data).toEqual(['2026-10', '2026-11']);
});

test('names lie on the left, the first of them on top, and what is said of them is no markup', () => {
  const { yAxis, tooltip } = barsOption([{ name: '<b>', value: 1, note: '2' }], { mode: 'light', lying: true, text: String }) as { yAxis: { data: string[]; inverse: boolean }; tooltip: { formatter: (raw: unknown) => string } };
  expect(yAxis.inverse).toBe(true);
  expect(tooltip.formatter([{ dataIndex: 0 }])).not.toContain('<b><br>');
  expect(tooltip.formatter([{ dataIndex: 0 }])).toContain('&#60;b&#62;');
});
