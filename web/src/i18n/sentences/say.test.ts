import { expect, test } from 'vitest';
import { known } from '../translate';
import { faults } from './faults';
import { nouns } from './nouns';
import { packProblems } from './packProblems';
import { refusals } from './refusals';
import { say } from './say';
import { packProblems as saidOfPacks, problems, sentences } from './sources';

const plain = (text: string) => text.replace(/’/g, "'").replace(/\{\d\}/g, '{}');
const entries = Object.entries({ ...refusals, ...faults, ...packProblems });

test('every problem has a title in both languages: by its code, or by its status', () => {
  expect(problems().filter(({ code, status }) => !known(`problem.${code}`) && !known(`problem.${status}`))).toEqual([]);
});

test('every sentence by which the server refuses something is in the book', () => {
  const book = new Set(Object.keys({ ...refusals, ...faults }).map(plain));
  expect(sentences().filter((sentence) => !book.has(sentence))).toEqual([]);
});

test('every sentence in the book is one that the server says', () => {
  const said = new Set([...sentences(), ...saidOfPacks()]);
  expect(entries.map(([en]) => plain(en)).filter((sentence) => !said.has(sentence))).toEqual([]);
});

test('both languages of a sentence have the same holes, and Chinese is Chinese', () => {
  const holes = (text: string) => [...text.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort().join();
  expect(entries.filter(([en, zh]) => holes(en) !== holes(zh))).toEqual([]);
  expect(entries.filter(([, zh]) => /[\u4e00-\u9fff][,;?!]|[,;?!][\u4e00-\u9fff]/.test(zh.replace(/\[.*\]/, '')))).toEqual([]);
  expect(Object.values(nouns).every((zh) => /[\u4e00-\u9fff]/.test(zh))).toBe(true);
});

test.each([
  ['There is no thing "m-9" to be part of.', '没有可以作为上级的设备“m-9”。'],
  ['why: the reason, at most 500 characters', '理由：理由，不超过 500 个字符'],
  ['rule, thing or region: at least one says which alarms are meant', '规则、设备或区域：至少填一项，说明压制哪些告警'],
  ['workdays: 2026-10-01 is a holiday too', '调休上班：2026-10-01 又是放假的日子'],
  ['the id or name of a party', '主体的编号或名称'],
  ['factory/pack.yaml:12:5: unknown key colour, did you mean color? (expected one of color, name)', 'factory/pack.yaml:12:5：不认识的键 colour，是不是 color？（应为其中之一：color, name）'],
  ['Packs are the platform\'s: only its operator may put them in force.', '行业包属于平台，只有平台运营者可以使其生效。'],
  ['features[3]: neither a point nor properties.region', 'features[3]：既没有点，也没有 properties.region'],
  ['Something new.', 'Something new.'],
])('%s is said in Chinese', (en, zh) => { expect(say(en, 'zh')).toBe(zh); expect(say(en, 'en')).toBe(en); });
