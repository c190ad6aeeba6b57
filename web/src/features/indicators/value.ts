import { duration } from '../../format/durations';
import { number, percent } from '../../format/numbers';
import { unitSign } from '../../format/units';
import type { Language } from '../../i18n/language';

/** An indicator's value as printed, and the unit that stands beside it. Ratios shown in % are kept as ratios. */
export function indicatorText(value: number | null | undefined, unit: string | null | undefined, language: Language): { text: string; unit: string } {
  if (value === null || value === undefined) return { text: '–', unit: '' };
  if (unit === '%') return { text: percent(value, language), unit: '%' };
  if (unit === 's') return { text: duration(value, language), unit: '' };
  return { text: number(value, language), unit: unitSign(unit, language) };
}
