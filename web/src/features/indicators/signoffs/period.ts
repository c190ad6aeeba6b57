/** A day such as 2026-10-31, some days later or earlier. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How a period is written: 2026-10 for a month, one day, or the first day and the last. `to` is the day after the last. */
export function periodText({ from, to }: { from: string; to: string }): string {
  const last = dayAfter(to, -1);
  if (from.endsWith('-01') && to.endsWith('-01') && last.slice(0, 7) === from.slice(0, 7)) return from.slice(0, 7);
  return last === from ? from : `${from} – ${last}`;
}

export type Usual = 'day' | 'week' | 'month';

/** The last day, week (from Monday, ISO 8601) or month that is over on a day: its first and its last day. */
export function lastPeriod(kind: Usual, today: string): { first: string; last: string } {
  if (kind === 'day') return { first: dayAfter(today, -1), last: dayAfter(today, -1) };
  if (kind === 'month') { const last = dayAfter(`${today.slice(0, 7)}-01`, -1); return { first: `${last.slice(0, 7)}-01`, last }; }
  const monday = dayAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
  return { first: dayAfter(monday, -7), last: dayAfter(monday, -1) };
}
