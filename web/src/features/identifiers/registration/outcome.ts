import type { RegistrationReport, ReportedRow } from '../../../api/identifiers';
import { cell, csvFile } from '../../../format/csv';
import type { FilePart } from './rows';

/** As many as a report of the server lists. */
export const mostRejected = 100_000;

export interface Rejected extends ReportedRow { line: string }
export interface Outcome { read: number; received: number; created: number; changed: number; unchanged: number; rejected: number; rows: Rejected[]; notListed: number }

export const nothing: Outcome = { read: 0, received: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, rows: [], notListed: 0 };

/** The outcome so far with that of one more part; rows are numbered as in the file. */
export function plus(before: Outcome, part: FilePart, report: RegistrationReport): Outcome {
  const rejected = report.rows.map((row) => ({ ...row, row: row.row + part.first - 1, line: part.rows[row.row - 1] ?? '' }));
  const listed = rejected.slice(0, mostRejected - before.rows.length);
  return {
    read: part.read, received: before.received + report.received, created: before.created + report.created, changed: before.changed + report.changed, unchanged: before.unchanged + report.unchanged,
    rejected: before.rejected + report.rejected, rows: [...before.rows, ...listed], notListed: before.notListed + report.notListed + rejected.length - listed.length,
  };
}

/** Why rows were rejected, and how many for it; most first. */
export function reasonsOf(rows: Rejected[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { code } of rows) counts.set(code ?? '', (counts.get(code ?? '') ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}

/** Rejected rows for a spreadsheet, each with its line as it was sent (RFC 4180, UTF-8 with a byte order mark). */
export function csvOf(rows: Rejected[], say: (text: string | null) => string): string {
  return csvFile([['row', 'handle', 'code', 'detail', 'line'], ...rows.map((row) => [String(row.row), cell(row.handle ?? ''), cell(row.code ?? ''), cell(say(row.detail)), cell(row.line)])]);
}
