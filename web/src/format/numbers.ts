import type { Language } from '../i18n/language';

const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, decimals: number): Intl.NumberFormat {
  const key = `${language}${decimals}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    formats.set(key, found);
  }
  return found;
}

function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const size = Math.abs(value);
  if (size >= 1000) return 0;
  if (size >= 100) return 1;
  if (size >= 1 || size === 0) return 2;
  return size >= 0.01 ? 3 : 5;
}

export function number(value: number, language: Language, decimals = decimalsOf(value)): string {
  return format(language, decimals).format(value === 0 ? 0 : value);
}

/** Beside an axis: without the noughts that end a fraction. */
export function tick(value: number, language: Language): string {
  return number(value, language).replace(/\.(\d*[1-9])?0+$/, (_, kept: string | undefined) => (kept === undefined ? '' : `.${kept}`));
}

const scales = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function bytes(value: number, language: Language): string {
  let scale = 0;
  let rest = value;
  while (rest >= 1024 && scale < scales.length - 1) { rest /= 1024; scale += 1; }
  return `${number(rest, language, scale === 0 || rest >= 100 ? 0 : 1)} ${scales[scale] ?? 'B'}`;
}

/** A ratio as a percentage without its sign: 0.8123 is 81.2. */
export function percent(ratio: number, language: Language): string {
  return number(ratio * 100, language, 1);
}
