import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { translate } from './translate';
import { words, type Key } from './words';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('test.') && !path.startsWith(join('i18n', 'words')))
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');
const keys = Object.keys(words) as Key[];

/** Keys that are put together: the part before the first hole of each template, e.g. `severity.`. */
const stems = [...sources.matchAll(/`([a-z][\w.-]*\.)\$\{/g)].map((match) => match[1] ?? '');

test('every key has words in both languages', () => {
  const missing = keys.filter((key) => words[key].length !== 2 || words[key].some((text: string) => text.trim() === ''));
  expect(missing).toEqual([]);
});

test('both languages of a key have the same holes', () => {
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
  const differing = keys.filter((key) => holes(words[key][0]).join() !== holes(words[key][1]).join());
  expect(differing).toEqual([]);
});

test('every key is used', () => {
  const unused = keys.filter((key) => !sources.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)) && !key.endsWith('.help'));
  expect(unused).toEqual([]);
});

test('a help text belongs to a key or is used by itself', () => {
  const lone = keys.filter((key) => key.endsWith('.help') && !(key.slice(0, -5) in words) && !sources.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)));
  expect(lone).toEqual([]);
});

test('Chinese sentences use Chinese punctuation', () => {
  const odd = keys.filter((key) => /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(words[key][0]));
  expect(odd).toEqual([]);
});

test('a hole is filled, and one without a value stays visible', () => {
  expect(translate('en', 'rows', { count: 3 })).toBe('Rows: 3');
  expect(translate('zh', 'rows')).toBe('{count} 条');
});
