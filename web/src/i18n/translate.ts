import type { Label } from '../api/types';
import type { Language } from './language';
import { words, type Key } from './words';

export type Parameters = Record<string, string | number>;

export function translate(language: Language, key: Key, parameters: Parameters = {}): string {
  const text = words[key][language === 'zh' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in parameters ? String(parameters[name]) : whole));
}

/** A label that the server sent, or plain text where that is all there is. */
export function labelText(label: Label | string | null | undefined, language: Language): string {
  if (label === null || label === undefined) return '';
  if (typeof label === 'string') return label;
  return (language === 'zh' ? label.zh : label.en) || label.zh || label.en || '';
}

export function known(key: string): key is Key {
  return Object.hasOwn(words, key);
}
