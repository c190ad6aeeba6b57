import type { Reading, Scalar } from '../../api/types';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import type { Language } from '../../i18n/language';
import { StateMark } from '../../ui/marks';
import { useTypeWords, type TypeWords } from '../packs/typeWords';

export function scalarText(value: Scalar | undefined, language: Language): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(value, language);
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : (value ? 'yes' : 'no');
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

export function valueText(words: TypeWords, type: string, property: string, value: Scalar | undefined, language: Language): string {
  return typeof value === 'string' ? words.value(type, property, value) : scalarText(value, language);
}

/** A reading as a person reads it: states with their mark, numbers bare. */
export function ValueOf({ type, property, reading }: { type: string; property: string; reading: Reading | undefined }) {
  const words = useTypeWords();
  const { language } = useWords();
  if (reading === undefined) return <span className="faint">–</span>;
  const text = valueText(words, type, property, reading.value, language);
  if (words.info(type, property)?.type === 'enumeration') return <StateMark state={String(reading.value)} name={text} />;
  return <>{text}</>;
}
