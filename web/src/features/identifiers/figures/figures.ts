import type { Grouping, Measure, StatisticsGroup } from '../../../api/statistics';
import { cell, csvFile } from '../../../format/csv';

export const measures = ['events', 'yield', 'lead-time'] as const satisfies readonly Measure[];
export const groupings = ['month', 'party', 'product', 'bizStep'] as const satisfies readonly Grouping[];

/** As many months as one may ask for together. */
export const mostMonths = 24;
/** As many bars as can be read; the table has all. */
export const mostBars = 20;

const monthOf = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
const nameOf = (month: number) => `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;

/** The month, so many months before another. */
export const monthBefore = (month: string, count: number) => nameOf(monthOf(month) - count);

/** The months from one to another, both with them. */
export const monthsOf = (from: string, to: string) => Array.from({ length: Math.max(0, monthOf(to) - monthOf(from) + 1) }, (_, at) => nameOf(monthOf(from) + at));

/** A month as addresses have it; anything else is none. */
export const asMonth = (text: string) => (/^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : null);

/** A bare GTIN, of 8 to 14 digits, as the class of product that it is; anything else as it was written. */
export function productAsked(text: string): string {
  const written = text.trim();
  return /^(\d{8}|\d{12,14})$/.test(written) ? `https://id.gs1.org/01/${written.padStart(14, '0')}` : written;
}

/** Whether a product class is that of pallets, cartons and the like: an SSCC (key 00 of GS1) tells of no product. */
export const isLogistic = (key: string) => /^https?:\/\/[^/]+\/00$/.test(key);

/** Months in the order of time; of others first what asks for a look: most events, least yield, longest lead time. */
export function inTurn(measure: Measure, by: Grouping, groups: StatisticsGroup[]): StatisticsGroup[] {
  const way = measure === 'yield' ? 1 : -1;
  return [...groups].sort((a, b) => (by === 'month' ? 0 : way * (a.value - b.value)) || a.key.localeCompare(b.key));
}

/** What is drawn: every month that was asked for, also one without a figure. */
export function drawn(by: Grouping, groups: StatisticsGroup[], months: string[]): { key: string; group: StatisticsGroup | null }[] {
  if (by !== 'month') return groups.slice(0, mostBars).map((group) => ({ key: group.key, group }));
  const byMonth = new Map(groups.map((group) => [group.key, group]));
  return months.map((key) => ({ key, group: byMonth.get(key) ?? null }));
}

/** Figures for a spreadsheet: numbers bare, the unit in the head. */
export function csvOf(groups: StatisticsGroup[], name: (group: StatisticsGroup) => string, head: [name: string, key: string, objects: string, value: string]): string {
  return csvFile([head.map(cell), ...groups.map((group) => [cell(name(group)), cell(group.key), String(group.objects), String(group.value)])]);
}
