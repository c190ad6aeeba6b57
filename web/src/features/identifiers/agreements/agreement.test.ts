import { expect, test } from 'vitest';
import type { Agreement } from '../../../api/agreements';
import { allFields, asked, isOf, productOf, queryOf, shownFields, stepsOf, views } from './agreement';

const made = (part: Partial<Agreement>): Agreement => ({
  id: 'a', from: { id: 'laminates', name: 'L' }, to: { id: 'boards', name: 'B' }, products: [], eventTypes: [], fields: [], values: [], statistics: false, purpose: 'p', until: '2027-01-01T00:00:00Z', object: null,
  state: 'proposed', proposedBy: 'boards', created: '2026-01-01T00:00:00Z', changed: '2026-01-01T00:00:00Z', version: 1, case: null, mayAnswer: false, mayWithdraw: false, mayRevoke: false, ...part,
});

test('fields stand by dimension, and a star is all of them', () => {
  expect(shownFields(['bizStep', 'readPoint', 'disposition'])).toEqual([{ group: 'where', fields: ['readPoint'] }, { group: 'why', fields: ['bizStep', 'disposition'] }]);
  expect(shownFields(['*']).flatMap((one) => one.fields)).toEqual(allFields);
  expect(shownFields([])).toEqual([]);
});

test.each([
  ['https://id.gs1.org/01/06901234000016/21/B-7', 'https://id.gs1.org/01/06901234000016'],
  ['https://id.gs1.org/01/06901234000016/10/L-1', 'https://id.gs1.org/01/06901234000016'],
  ['https://id.gs1.org/00/095200000000000017', 'https://id.gs1.org/00/095200000000000017'],
  ['88.118.5/LAM', '88.118.5/LAM'],
])('%s is of the class %s', (object, product) => {
  expect(productOf(object)).toBe(product);
});

test('what stands below a class is of it, and what only begins alike is not', () => {
  expect(isOf('88.118.5/LAM', '88.118.5/LAM-001')).toBe(true);
  expect(isOf('88.118.5/LAM', '88.118.5/LAM.7')).toBe(true);
  expect(isOf('88.118.5/LAM', '88.118.5/LAM')).toBe(true);
  expect(isOf('88.118.5/LAM', '88.118.5/lam_7')).toBe(true);
  expect(isOf('88.118.5/LAM', '88.118.5/LAMP')).toBe(false);
  expect(isOf('88.118.5/LAM*', '88.118.5/LAMP')).toBe(true);
});

test('a view asks for its own agreements alone', () => {
  expect(views.map((view) => queryOf(view, 'works'))).toEqual([{ waiting: true }, { from: 'works' }, { to: 'works' }, {}]);
});

test('a request that is open is found by its object or its class, and only at whom it went to', () => {
  const object = 'https://id.gs1.org/01/06901234000016/21/B-7';
  const open = made({ products: [productOf(object)] });
  expect(asked([open], 'laminates', object)).toBe(open);
  expect(asked([open], 'others', object)).toBeUndefined();
  expect(asked([made({ state: 'declined', object })], 'laminates', object)).toBeUndefined();
  expect(asked([made({})], 'laminates', object)).toBeUndefined();
});

test('only what the server allows is offered', () => {
  expect(stepsOf(made({ mayAnswer: true, mayRevoke: true }))).toEqual(['accept', 'decline', 'revoke']);
  expect(stepsOf(made({ mayWithdraw: true }))).toEqual(['withdraw']);
});
