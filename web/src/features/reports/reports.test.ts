import { expect, test } from 'vitest';
import type { Incident, StatementItem } from '../../api/incidents';
import { foldIncident, incidentBelongs, reportBelongs } from '../../live/fold';
import { parseSpan } from '../../format/span';
import { money } from './facts';
import { contradicts, factRows, sourceColumns } from './incidents/statements';
import { pieces } from './report/pieces';

const statement = (part: Partial<StatementItem>): StatementItem => ({ fact: 'dead', number: 5, text: null, report: 'r1', sourceKind: 'media', sourceKindName: { zh: '', en: '' }, source: '', official: false, at: '2026-01-05T00:00:00Z', by: null, goes: false, ...part });

test.each([[35_000_000, '3,500 万元'], [120_000_000, '1.20 亿元'], [800, '800 元']])('%d yuan are %s', (yuan, text) => { expect(money(yuan, 'zh')).toBe(text); });

test.each([['06:00:00', 21_600], ['1.02:03:04.5', 93_784.5], ['x', 0]])('%s is %d s', (text, seconds) => { expect(parseSpan(text)).toBe(seconds); });

test('what goes stands first; where two do not say the same it is marked', () => {
  const rows = factRows([statement({ number: 4, report: 'r2' }), statement({ goes: true }), statement({ fact: 'injured', number: 1, goes: true })]);
  expect(rows.map((row) => [row.fact, row.goes.number, row.differs])).toEqual([['dead', 5, true], ['injured', 1, false]]);
  expect(contradicts(statement({}), statement({ report: 'r2' }))).toBe(false);
});

test('official sources stand before others, then the newest', () => {
  const columns = sourceColumns([
    statement({ report: 'old', at: '2026-01-01T00:00:00Z' }), statement({ report: 'new', at: '2026-01-03T00:00:00Z' }), statement({ report: 'official', official: true, at: '2025-12-01T00:00:00Z' }),
  ]);
  expect(columns.map((column) => column.report)).toEqual(['official', 'new', 'old']);
});

test('a text is cut where a fact or a span begins or ends, and nothing is lost', () => {
  const fact = { fact: 'dead', number: 3, text: null, start: 2, end: 4, inTitle: false, confidence: 1, by: null };
  const cut = pieces('造成3人死亡', [fact], [{ label: 'Denoter', start: 4, end: 6 }]);
  expect(cut.map((piece) => piece.text)).toEqual(['造成', '3人', '死亡']);
  expect(cut.map((piece) => piece.facts.length)).toEqual([0, 1, 0]);
  expect(cut[2]?.spans).toEqual(['Denoter']);
});

const incident = (part: Partial<Incident>): Incident => ({ id: '1', type: 't', severity: 'red', open: true, late: false, exercise: false, assignee: null, class: null, kind: null, level: null, rank: null, rankBefore: null, heat: 1, ...part }) as Incident;

test('an event keeps the rank that the list knows, and a closed incident leaves the open ones', () => {
  const pages = { pages: [{ items: [incident({ rank: 3, rankBefore: 5 })], next: null }], pageParams: [null] };
  expect(foldIncident(pages, incident({ heat: 9 }), { open: true }, 'me').pages[0]?.items[0]).toMatchObject({ heat: 9, rank: 3, rankBefore: 5 });
  expect(foldIncident(pages, incident({ open: false }), { open: true }, 'me').pages[0]?.items).toEqual([]);
});

test('exercises and real life never stand in one list', () => {
  expect(incidentBelongs(incident({ exercise: true }), { open: true }, false, 'me')).toBe(false);
  expect(incidentBelongs(incident({ exercise: true }), { open: true, exercise: true }, false, 'me')).toBe(true);
  expect(incidentBelongs(incident({}), { open: true, region: 'r' }, false, 'me')).toBe(false);
  expect(reportBelongs({ exercise: true } as never, {})).toBe(false);
});
