import { expect, test } from 'vitest';
import { daysIn, linesOf } from './dayList';

const golden = ['2026-10-01', '2026-10-02', '2026-10-03'];

test.each([
  ['2026-10-01\n2026-10-02\n2026-10-03', golden],
  ['2026-10-03, 2026/10/1，2026.10.2', golden],
  ['2026-10-01 ~ 2026-10-03 国庆节', golden],
  ['2026年10月1日至3日 国庆节', golden],
  ['2026年9月30日至10月1日', ['2026-09-30', '2026-10-01']],
  ['2026-12-31 to 2027-01-01', ['2026-12-31', '2027-01-01']],
  ['2028-02-28 .. 2028-03-01', ['2028-02-28', '2028-02-29', '2028-03-01']],
  ['\n 2026-10-01 \n\n2026-10-01 again', ['2026-10-01']],
])('%j names its days', (text, days) => { expect(daysIn(text)).toEqual({ days, bad: [] }); });

test.each(['2026-02-29', '2026-13-01', '国庆', '10-01', '2026-10-03 ~ 2026-10-01', '2026-01-01 ~ 2026-12-31'])('%j is given back', (text) => { expect(daysIn(text)).toEqual({ days: [], bad: [text] }); });

test('days in a row are written as a span', () => {
  expect(linesOf(['2026-10-03', '2026-10-01', '2026-10-02', '2026-10-10'])).toBe('2026-10-01 ~ 2026-10-03\n2026-10-10');
  expect(daysIn(linesOf(golden)).days).toEqual(golden);
});
