import { describe, expect, test } from 'vitest';
import type { RegistrationReport } from '../../../api/identifiers';
import { csvOf, nothing, plus, reasonsOf } from './outcome';
import { bodyOf, cellsOf, kindOf, partsOf, previewOf, rowCutter, type FilePart, type Kind } from './rows';

async function read(text: string, kind: Kind, size: number): Promise<FilePart[]> {
  const parts: FilePart[] = [];
  for await (const part of partsOf(new Blob([text]), kind, size)) parts.push(part);
  return parts;
}

describe('rows', () => {
  test('are cut where a line ends, also between two pieces of text', () => {
    const cutter = rowCutter('ndjson');
    expect(cutter.push('{"a":1}\r\n{"b"')).toEqual(['{"a":1}']);
    expect(cutter.push(':2}\n\n \n{"c":3}')).toEqual(['{"b":2}']);
    expect(cutter.end()).toEqual(['{"c":3}']);
  });
  test('of a CSV go on where a line ends within quotes', () => {
    const cutter = rowCutter('csv');
    expect(cutter.push('a,"x\n')).toEqual([]);
    expect(cutter.push('y ""z"""\nb,c\n')).toEqual(['a,"x\ny ""z"""', 'b,c']);
    expect(cutter.end()).toEqual([]);
  });
  test('a quote in JSON is no quote of a CSV', () => { expect(rowCutter('ndjson').push('{"a":"\\""}\n{}\n')).toEqual(['{"a":"\\""}', '{}']); });
  test('have cells as RFC 4180 says', () => { expect(cellsOf('a,"b,""c""",,"d\ne"')).toEqual(['a', 'b,"c"', '', 'd\ne']); });
  test.each([['a.csv', 'csv'], ['a.NDJSON', 'ndjson'], ['a.jsonl', 'ndjson'], ['a.txt', 'csv']] as const)('%s is %s', (name, kind) => { expect(kindOf(name)).toBe(kind); });
});

describe('parts', () => {
  test('each begins with the names of the columns, and knows its first row', async () => {
    const parts = await read('\ufeffhandle,URL\r\n1/a,u\r\n1/b,v\r\n1/c,w', 'csv', 2);
    expect(parts.map(bodyOf)).toEqual(['handle,URL\n1/a,u\n1/b,v', 'handle,URL\n1/c,w']);
    expect(parts.map((part) => part.first)).toEqual([1, 3]);
  });
  test('of NDJSON have no head', async () => { expect((await read('{}\n{}\n{}\n', 'ndjson', 2)).map(bodyOf)).toEqual(['{}\n{}', '{}']); });
  test('a file without rows is one part without any', async () => { expect((await read('handle\n', 'csv', 2)).map((part) => part.rows)).toEqual([[]]); });
  test('a sign of several bytes stays whole', async () => {
    const name = '批'.repeat(100_000);
    expect((await read(`{"handle":"1/${name}"}`, 'ndjson', 9))[0]?.rows[0]).toBe(`{"handle":"1/${name}"}`);
  });
});

describe('previews', () => {
  const part = { header: ' Handle ,URL', rows: ['1/a', '1/b,"u,v",more'], first: 1, read: 0 };
  test('have a cell for each column', () => { expect(previewOf(part, 'csv')).toEqual({ columns: ['Handle', 'URL'], rows: [['1/a', ''], ['1/b', 'u,v']], fault: false }); });
  test('say that no column names the identifier', () => { expect(previewOf({ ...part, header: 'URL' }, 'csv').fault).toBe(true); });
});

describe('outcomes', () => {
  const rejected = (row: number, code: string) => ({ row, handle: '1/x', result: 'rejected' as const, code, detail: 'The identifier is there already.' });
  const report = (rows: number[], more: Partial<RegistrationReport> = {}): RegistrationReport => ({ received: 5, created: 5 - rows.length, changed: 0, unchanged: 0, rejected: rows.length, rows: rows.map((row) => rejected(row, 'exists')), notListed: 0, ...more });
  const part = (first: number) => ({ header: null, rows: ['r1', 'r2', 'r3', 'r4', 'r5'], first, read: first * 10 });

  test('add up, and rows are numbered as in the file', () => {
    const outcome = plus(plus(nothing, part(1), report([2])), part(6), report([1, 5]));
    expect(outcome).toMatchObject({ read: 60, received: 10, created: 7, rejected: 3, notListed: 0 });
    expect(outcome.rows.map(({ row, line }) => [row, line])).toEqual([[2, 'r2'], [6, 'r1'], [10, 'r5']]);
  });
  test('reasons are counted, most first', () => {
    const rows = [rejected(1, 'exists'), rejected(2, 'bad-value'), rejected(3, 'exists')].map((row) => ({ ...row, line: '' }));
    expect(reasonsOf(rows)).toEqual([{ code: 'exists', count: 2 }, { code: 'bad-value', count: 1 }]);
  });
  test('rows for a spreadsheet are quoted, and none is run as a formula', () => {
    expect(csvOf([{ ...rejected(3, 'exists'), handle: '=1/"x"', line: '1/a,u' }], () => '已有')).toBe('\ufeffrow,handle,code,detail,line\r\n3,"\'=1/""x""","exists","已有","1/a,u"\r\n');
  });
});
