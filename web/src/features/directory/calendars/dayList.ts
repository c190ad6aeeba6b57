const day = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const until = String.raw`(?:\s*(?:~|～|至|到|to|–|—|\.\.)\s*(?:(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*日?)?`;
const line = new RegExp(`^${day}${until}(?:\\D.*)?$`);
const longest = 60;
const oneDay = 86_400_000;

function timeOf(year: number, month: number, date: number): number | null {
  const time = Date.UTC(year, month - 1, date);
  const at = new Date(time);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? time : null;
}

function spanOf(text: string): string[] | null {
  const match = line.exec(text);
  if (match === null) return null;
  const [year, month, date, lastYear, lastMonth, lastDate] = match.slice(1).map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  const first = timeOf(year ?? 0, month ?? 0, date ?? 0);
  const last = lastDate === undefined ? first : timeOf(lastYear ?? year ?? 0, lastMonth ?? month ?? 0, lastDate);
  if (first === null || last === null || last < first || last - first > longest * oneDay) return null;
  return Array.from({ length: (last - first) / oneDay + 1 }, (_, index) => new Date(first + index * oneDay).toISOString().slice(0, 10));
}

/**
 * Days as people paste them, in lines or with commas: 2026-10-01, 2026/10/1, 2026年10月1日, and spans such as 2026-10-01 ~ 2026-10-07 or 2026年10月1日至7日.
 * Words behind a day are left out; what is no day is given back.
 */
export function daysIn(text: string): { days: string[]; bad: string[] } {
  const parts = text.split(/[\n,;，；、]/).map((part) => part.trim()).filter((part) => part !== '');
  const found = parts.map((part) => ({ part, span: spanOf(part) }));
  return { days: [...new Set(found.flatMap(({ span }) => span ?? []))].sort(), bad: found.filter(({ span }) => span === null).map(({ part }) => part) };
}

/** The same days, a line each, those in a row as a span. */
export function linesOf(days: string[]): string {
  const spans: [string, string][] = [];
  for (const one of [...days].sort()) {
    const last = spans.at(-1);
    if (last !== undefined && Date.parse(one) - Date.parse(last[1]) === oneDay) last[1] = one;
    else spans.push([one, one]);
  }
  return spans.map(([from, to]) => (from === to ? from : `${from} ~ ${to}`)).join('\n');
}
