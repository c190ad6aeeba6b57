import type { Language } from '../i18n/language';

/** UCUM atoms whose printed sign differs from their code (UCUM, table of units). */
const signs: Record<string, string> = {
  Cel: '°C', '[degF]': '°F', K: 'K', Ohm: 'Ω', kOhm: 'kΩ', MOhm: 'MΩ', deg: '°', um: 'µm', us: 'µs', uA: 'µA', ug: 'µg', uL: 'µL',
  uS: 'µS', m2: 'm²', m3: 'm³', mm2: 'mm²', mm3: 'mm³', dm2: 'dm²', cm2: 'cm²', cm3: 'cm³', s2: 's²', l: 'L', '[pH]': 'pH', '[ppm]': 'ppm', '%': '%', '1': '', bar: 'bar',
};

/** UCUM annotations in braces count something; the word follows the language. */
const counted: Record<string, readonly [string, string]> = {
  panel: ['片', 'panels'], piece: ['件', 'pcs'], board: ['块', 'boards'], hole: ['孔', 'holes'], hit: ['孔', 'hits'], lot: ['批', 'lots'],
  cut: ['刀', 'cuts'], hits: ['孔', 'hits'], count: ['次', 'times'], person: ['人', 'people'], vehicle: ['辆', 'vehicles'], revolution: ['转', 'rev'], rev: ['转', 'rev'], r: ['转', 'rev'], rpm: ['转/分', 'rpm'], defect: ['个缺陷', 'defects'],
};

/** What is counted per time is counted per spoken time: 转/分, 片/小时. */
const perTime: Record<string, string> = { s: '秒', min: '分', h: '小时', d: '天' };

function atom(code: string, language: Language): string {
  const note = /^\{(.+)\}$/.exec(code);
  if (note === null) return signs[code] ?? code;
  const word = note[1] ?? '';
  const known = counted[word];
  if (known === undefined) return word;
  return language === 'zh' ? known[0] : known[1];
}

/** A UCUM code as people print it: `kW.h` is kWh, `Cel` is °C, `{panel}/h` is 片/h. */
export function unitSign(code: string | null | undefined, language: Language): string {
  if (code === null || code === undefined || code === '' || code === '1') return '';
  if (/^[kMG]?W\.h$/.test(code)) return code.replace('.', '');
  const [over = '', ...under] = code.split('/');
  const top = over.split('.').map((part) => atom(part, language)).join('·');
  const per = language === 'zh' && over.startsWith('{') ? (part: string) => perTime[part] ?? atom(part, language) : (part: string) => atom(part, language);
  return [top, ...under.map(per)].join('/');
}
