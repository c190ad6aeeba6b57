import { describe, expect, test } from 'vitest';
import type { IdentifierDetail, IdentifierValue, Template } from '../../../api/identifiers';
import { allSent, draftOf, isNobody, missingOf, newDraft, sentOf } from './draft';
import { changesOf, curlOf, handlePath, linkOf, prefixOf, textOf } from './handle';

const value = (index: number, text: string, more: Partial<IdentifierValue> = {}): IdentifierValue => ({ index, type: 'URL', data: { format: 'string', value: text }, ttl: 86_400, timestamp: '2026-11-29T00:00:00Z', read: 'public', ...more });
const detail = (values: IdentifierValue[], more: Partial<IdentifierDetail> = {}): IdentifierDetail => ({ handle: '88.118.1/a', party: 'root', version: 1, sequence: 1, at: '', by: '', byName: '', template: null, deleted: false, erased: [], values, ...more });

describe('addresses', () => {
  test.each([
    ['88.118.1/a', '88.118.1/a'], ['88.118.1/批次/7', '88.118.1/%E6%89%B9%E6%AC%A1/7'], ['88.118.1/a b?c#d%', '88.118.1/a%20b%3Fc%23d%25'], ['88.118.1/a/../b', '88.118.1/a%2F..%2Fb'], ['88.118.1/a//b', '88.118.1/a//b'],
  ])('%s is %s', (handle, path) => {
    expect(handlePath(handle)).toBe(path);
    // What the browser makes of it names the same identifier.
    expect(decodeURIComponent(new URL(`http://x/id/${path}`).pathname.slice('/id/'.length))).toBe(handle);
  });
  test('the prefix ends at the first slash', () => { expect(prefixOf('88.118.1/a/b')).toBe('88.118.1'); });
  test('a command holds for a shell', () => { expect(curlOf("http://x/a'b")).toBe(`curl -H 'Accept: application/json' 'http://x/a'\\''b'`); });
  test.each([['https://example.cn/a', 'https://example.cn/a'], ['HTTP://example.cn', 'http://example.cn/'], ['javascript:alert(1)', null], ['https://', null], ['example.cn', null]])('%s leads to %s', (text, link) => {
    expect(linkOf(text)).toBe(link);
  });
  test('what is no text is told as JSON', () => {
    expect(textOf({ format: 'string', value: '{"a":1}' })).toBe('{"a":1}');
    expect(textOf({ format: 'admin', value: { index: 300 } })).toBe('{"index":300}');
  });
});

describe('versions', () => {
  test('the first version adds all', () => { expect(changesOf(null, detail([value(1, 'u')])).map(({ index, before, after }) => [index, before, after?.index])).toEqual([[1, null, 1]]); });
  test('a value that changed says in what', () => {
    const changes = changesOf(detail([value(1, 'u'), value(2, 'same')]), detail([value(1, 'v', { ttl: 60, read: 'owner', timestamp: 'later' }), value(2, 'same', { timestamp: 'later' })]));
    expect(changes.map(({ index, parts }) => [index, parts])).toEqual([[1, ['text', 'ttl', 'read']]]);
  });
  test('values come and go by index, in its order', () => {
    expect(changesOf(detail([value(3, 'x')]), detail([value(10, 'z'), value(2, 'y')])).map(({ index, before }) => [index, before === null])).toEqual([[2, true], [3, false], [10, true]]);
  });
  test('what was deleted has lost all, and gets all anew', () => {
    const gone = detail([value(1, 'u')], { deleted: true });
    expect(changesOf(detail([value(1, 'u')]), gone).map(({ after }) => after)).toEqual([null]);
    expect(changesOf(gone, detail([value(1, 'u')])).map(({ before }) => before)).toEqual([null]);
  });
});

describe('drafts', () => {
  test('what is not touched is sent as it came', () => {
    const named = { parties: ['plant'], roles: ['operator'], purposes: [] };
    for (const one of [value(1, 'u'), value(2, 'v', { read: 'owner', ttl: 5 }), value(3, 'w', { read: named }), value(4, '', { type: 'HS_ADMIN', data: { format: 'admin', value: { index: 300 } } })]) {
      expect(sentOf(draftOf(one))).toEqual({ index: one.index, type: one.type, data: one.data, ttl: one.ttl, read: one.read });
    }
  });
  test('a value without a text is left out, and one of another form is not', () => {
    const kept = draftOf(value(4, '', { type: 'HS_ADMIN', data: { format: 'admin', value: { index: 300 } } }));
    expect(allSent([newDraft([]), kept, { ...newDraft([kept]), text: 'u', ttl: null }]).map(({ index, ttl }) => [index, ttl])).toEqual([[4, 86_400], [1, 86_400]]);
  });
  test('of an audience only its names are sent', () => {
    const named = { parties: ['plant'], roles: [], purposes: ['recall'] };
    expect(sentOf(draftOf(value(1, 'u', { read: { ...named, isOwnerAlone: false } as typeof named }))).read).toEqual(named);
  });
  test('a new value takes the smallest free index', () => { expect(newDraft([{ index: 1 }, { index: 3 }]).index).toBe(2); });
  test('an audience of nobody is seen', () => {
    expect(isNobody({ parties: [], roles: [], purposes: [] })).toBe(true);
    expect(isNobody({ parties: [], roles: [], purposes: ['recall'] })).toBe(false);
  });
  test('a template brings the fields that lack', () => {
    const field = (type: string) => ({ type, name: { zh: type, en: type }, format: 'text' as const, unit: null, required: true, pattern: null });
    const template: Template = { id: 't', party: 'root', name: { zh: 't', en: 't' }, fields: [field('URL'), field('DESC')], by: '', at: '', version: 1 };
    expect(missingOf(template, [draftOf(value(1, 'u'))]).map(({ index, type }) => [index, type])).toEqual([[1, 'URL'], [2, 'DESC']]);
  });
});
