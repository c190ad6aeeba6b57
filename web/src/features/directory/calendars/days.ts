import type { PlaceCalendar } from '../../../api/types';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type DayKind = 'work' | 'rest' | 'holiday' | 'instead';

const time = (day: string) => Date.parse(`${day}T00:00:00Z`);
const weekday = (day: string) => weekdays[(new Date(time(day)).getUTCDay() + 6) % 7] ?? 'monday';

/** What a day such as 2026-10-01 is: an extra workday counts before a holiday, a holiday before the day of the week. */
export function kindOf(calendar: Pick<PlaceCalendar, 'days' | 'holidays' | 'workdays'>, day: string): DayKind {
  if (calendar.workdays.includes(day)) return 'instead';
  if (!calendar.days.includes(weekday(day))) return 'rest';
  return calendar.holidays.includes(day) ? 'holiday' : 'work';
}

/** The days of a month in weeks from Monday on; null before the first and after the last. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const days: (string | null)[] = Array.from({ length: weekdays.indexOf(weekday(first)) }, () => null);
  for (let day = 1; day <= count; day += 1) days.push(`${first.slice(0, 8)}${String(day).padStart(2, '0')}`);
  while (days.length % 7 !== 0) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}
