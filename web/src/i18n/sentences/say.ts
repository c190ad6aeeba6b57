import type { Language } from '../language';
import { faults } from './faults';
import { packProblems } from './packProblems';
import { refusals } from './refusals';
import { nouns } from './nouns';

interface Pattern { shape: RegExp; order: number[]; zh: string; weight: number }

/** The server's apostrophes are straight; a key may have either. */
const plain = (text: string) => text.replace(/’/g, "'");
const book = Object.entries({ ...refusals, ...faults, ...packProblems }).map(([en, zh]) => [plain(en), zh] as const);
const exact = new Map<string, string>([...book.filter(([en]) => !en.includes('{0}')), ...Object.entries(nouns)]);

function patternOf([en, zh]: readonly [string, string]): Pattern {
  const parts = en.split(/\{(\d)\}/);
  const shape = parts.map((part, index) => (index % 2 === 1 ? (parts[index + 1] === '' && index + 2 < parts.length ? '(.*)' : '(.*?)') : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
  return { shape: new RegExp(`^${shape}$`, 's'), order: parts.filter((_, index) => index % 2 === 1).map(Number), zh, weight: parts.filter((_, index) => index % 2 === 0).join('').length };
}

// What says most fits best: a sentence with more words of its own comes first.
const patterns = book.filter(([en]) => en.includes('{0}')).map(patternOf).sort((a, b) => b.weight - a.weight);

const place = /^(\S+?\.\w+:\d+:\d+): (.*)$/s;
const expectation = /^(.*?) \(expected (.*)\)$/s;
const field = /^((?:[\w.[\]]+(?:(?:, | or ))?)+): (.*)$/s;
const meant = /^(.*), did you mean (.*)\?$/s;

function inChinese(text: string): string | null {
  const known = exact.get(text);
  if (known !== undefined) return known;
  for (const { shape, order, zh } of patterns) {
    const match = shape.exec(text);
    if (match !== null) return zh.replace(/\{(\d)\}/g, (_, number: string) => { const value = match[order.indexOf(Number(number)) + 1] ?? ''; return inChinese(value) ?? value; });
  }
  return null;
}

function inParts(text: string): string | null {
  const at = place.exec(text);
  if (at !== null) return `${at[1] ?? ''}：${inParts(at[2] ?? '') ?? at[2] ?? ''}`;
  const wanted = expectation.exec(text);
  if (wanted !== null) return `${inParts(wanted[1] ?? '') ?? wanted[1] ?? ''}（应为${inParts(wanted[2] ?? '') ?? wanted[2] ?? ''}）`;
  const hint = meant.exec(text);
  if (hint !== null) return `${inParts(hint[1] ?? '') ?? hint[1] ?? ''}，是不是 ${hint[2] ?? ''}？`;
  // What has a sentence of its own is that; else a field goes before what is said of it.
  const named = exact.has(text) ? null : field.exec(text);
  const said = named === null ? null : inChinese(named[2] ?? '');
  return named === null || said === null ? inChinese(text) : `${(named[1] ?? '').replace(/[\w.]+/g, (word) => (word === 'or' ? '或' : exact.get(`field ${word}`) ?? word)).replace(/ 或 /g, '或').replace(/, /g, '、')}：${said}`;
}

/** What the server says in English, in the console's language; as it is where we have no words for it. */
export function say(text: string, language: Language): string {
  return language === 'en' ? text : inParts(plain(text)) ?? text;
}
