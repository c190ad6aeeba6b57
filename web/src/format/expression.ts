import type { Language } from '../i18n/language';

/** How the names in a condition are called: properties or inputs, and the values of a property. */
export interface Naming { name: (id: string) => string; value: (property: string, value: string) => string; unit?: (property: string) => string }

const signs: Record<Language, Record<string, string>> = {
  zh: { '&&': '且', '||': '或', '==': '=', '!=': '≠', '>=': '≥', '<=': '≤', '*': '×', '!': '非' },
  en: { '&&': 'and', '||': 'or', '==': '=', '!=': '≠', '>=': '≥', '<=': '≤', '*': '×', '!': 'not' },
};
const token = /'[^']*'|"[^"]*"|&&|\|\||[=!<>]=|[<>*/+!()-]|\d+(?:\.\d+)?|[A-Za-z_][\w.]*|\s+|./g;

const compares = /^(?:[=!<>]=|[<>])$/;
const parts = /^(?:&&|\|\||[()])$/;

/** The property that a figure is compared with where nothing is calculated: the figure has its unit. */
function comparedWith(tokens: string[], at: number): string | undefined {
  const [before, property, compare, after] = [tokens[at - 3], tokens[at - 2], tokens[at - 1], tokens[at + 1]];
  const isApart = (token: string | undefined) => token === undefined || parts.test(token);
  const isCall = before === '(' && /^[A-Za-z_]/.test(tokens[at - 4] ?? '');
  return property !== undefined && /^[A-Za-z_]/.test(property) && compares.test(compare ?? '') && isApart(before) && !isCall && isApart(after) ? property : undefined;
}

/** A CEL condition or formula in the words of the screen; the code itself stays one hover away. */
export function readable(expression: string, naming: Naming, language: Language): string {
  let property = '';
  const tokens = [...expression.matchAll(token)].map(([text]) => text);
  const bare = tokens.filter((text) => text.trim() !== '');
  let at = -1;
  const words = tokens.map((text) => {
    if (text.trim() === '') return text;
    at += 1;
    if (/^['"]/.test(text)) return naming.value(property, text.slice(1, -1));
    if (/^\d/.test(text)) { const of = comparedWith(bare, at); return `${text.replace(/\.0+$/, '')} ${of === undefined ? '' : naming.unit?.(of) ?? ''}`.trim(); }
    if (/^[A-Za-z_]/.test(text)) { property = text; return naming.name(text); }
    return signs[language][text] ?? text;
  });
  return words.join('').replace(/\s+/g, ' ').trim();
}

/** A parameter plus or less a figure is a figure: with hot = 65, `hot - 7.0` is 58. Each becomes a name of its own, told with its value. */
export function folded(expression: string, parameters: Record<string, number>): { expression: string; values: Record<string, { of: string; value: number }> } {
  const values: Record<string, { of: string; value: number }> = {};
  const text = expression.replace(/\b([A-Za-z_]\w*)(?:\s*([+-])\s*(\d+(?:\.\d+)?)(?![\d.]|\s*[*/]))?/g, (whole, id: string, sign: string | undefined, by: string | undefined) => {
    const value = parameters[id];
    if (value === undefined) return whole;
    const name = `${id}__${Object.keys(values).length}`;
    values[name] = { of: id, value: value + (sign === '-' ? -1 : 1) * Number(by ?? 0) };
    return name;
  });
  return { expression: text, values };
}

/** A band's bound as printed: `>= 0.85` of a ratio in percent is ≥ 85 %. */
export function bound(when: string, unit: string, language: Language): string {
  return when.replace(/(<=|>=|==|<|>)\s*(-?\d+(?:\.\d+)?)/g, (_, sign: string, figure: string) => {
    const value = Number(figure) * (unit === '%' ? 100 : 1);
    return `${signs[language][sign] ?? sign} ${Number(value.toFixed(6))}${unit === '%' ? ' %' : ''}`;
  }).replace('&&', signs[language]['&&'] ?? '&&');
}
