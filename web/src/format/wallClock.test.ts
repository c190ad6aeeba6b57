import { expect, test } from 'vitest';
import { momentAt } from './wallClock';

test.each([
  ['2026-01-05T08:00', 'Asia/Shanghai', '2026-01-05T00:00:00.000Z'],
  ['2026-01-05T08:00', 'Europe/Berlin', '2026-01-05T07:00:00.000Z'],
  ['2026-07-05T08:00', 'Europe/Berlin', '2026-07-05T06:00:00.000Z'],
  // Both sides of the change of the clock of 29 March 2026, 02:00 to 03:00.
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ['2026-01-05T08:00', 'UTC', '2026-01-05T08:00:00.000Z'],
])('%s in %s is %s', (shown, zone, moment) => { expect(momentAt(shown, zone)).toBe(moment); });
