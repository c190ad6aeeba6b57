export const kinds = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type Kind = keyof typeof kinds;

/** Rows of one request: seconds of work, so that progress moves and a stop is near. */
export const rowsTogether = 5_000;

export const kindOf = (name: string): Kind => (/\.(ndjson|jsonl|json)$/i.test(name) ? 'ndjson' : 'csv');

/** Cuts text into rows as it comes; in a CSV the ends of lines within quotes belong to the row. Blank lines are no rows. */
export function rowCutter(kind: Kind) {
  let rest = '';
  let at = 0;
  let quoted = false;
  const tidy = (row: string) => (row.endsWith('\r') ? row.slice(0, -1) : row);
  const push = (text: string): string[] => {
    rest += text;
    const rows: string[] = [];
    let from = 0;
    for (; at < rest.length; at += 1) {
      if (kind === 'csv' && rest[at] === '"') quoted = !quoted;
      else if (rest[at] === '\n' && !quoted) { rows.push(tidy(rest.slice(from, at))); from = at + 1; }
    }
    rest = rest.slice(from);
    at = rest.length;
    return rows.filter((row) => row.trim() !== '');
  };
  return { push, end: () => (rest.trim() === '' ? [] : [tidy(rest)]) };
}

/** The cells of a CSV row. */
export function cellsOf(row: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < row.length; at += 1) {
    const sign = row[at] ?? '';
    if (sign === '"' && quoted && row[at + 1] === '"') { cell += '"'; at += 1; }
    else if (sign === '"') quoted = !quoted;
    else if (sign === ',' && !quoted) { cells.push(cell); cell = ''; }
    else cell += sign;
  }
  return [...cells, cell];
}

/** Rows that go together: the first one's number in the file, and how many of its bytes have been read. */
export interface FilePart { header: string | null; rows: string[]; first: number; read: number }

/** A file in parts, read as they are asked for; only a part at a time is in memory. */
export async function* partsOf(file: Blob, kind: Kind, size = rowsTogether): AsyncGenerator<FilePart> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  const cutter = rowCutter(kind);
  let [header, rows, first, read] = [null as string | null, [] as string[], 1, 0];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      read += value?.byteLength ?? 0;
      rows.push(...(done ? [...cutter.push(decoder.decode()), ...cutter.end()] : cutter.push(decoder.decode(value, { stream: true }))));
      if (kind === 'csv' && header === null) header = rows.shift() ?? null;
      while (rows.length >= size) { yield { header, rows: rows.slice(0, size), first, read }; rows = rows.slice(size); first += size; }
      if (done) break;
    }
    if (rows.length > 0 || first === 1) yield { header, rows, first, read };
  } finally {
    await reader.cancel();
  }
}

export const bodyOf = (part: FilePart) => [...(part.header === null ? [] : [part.header]), ...part.rows].join('\n');

export interface Preview { columns: string[]; rows: string[][]; fault: boolean }

/** The first rows as a table; a row of NDJSON as name and values. */
export function previewOf(part: FilePart, kind: Kind, count = 8): Preview {
  const rows = part.rows.slice(0, count);
  if (kind === 'ndjson') return { columns: [], rows: rows.map((row) => [row]), fault: false };
  const columns = cellsOf(part.header ?? '').map((column) => column.trim());
  return { columns, rows: rows.map((row) => { const cells = cellsOf(row); return columns.map((_, at) => cells[at] ?? ''); }), fault: !columns.some((column) => column.toLowerCase() === 'handle') };
}
