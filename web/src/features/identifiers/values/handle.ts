import type { IdentifierDetail, IdentifierValue, ValueData } from '../../../api/identifiers';

/** An identifier as a part of an address; what stands behind its first slash may hold more of them, and any script. */
export function handlePath(handle: string): string {
  const slash = handle.indexOf('/');
  const parts = handle.slice(slash + 1).split('/').map(encodeURIComponent);
  // Dots between slashes would be taken for folders.
  const suffix = parts.join(parts.some((part) => part === '.' || part === '..') ? '%2F' : '/');
  return `${encodeURIComponent(handle.slice(0, slash))}/${suffix}`;
}

export const prefixOf = (handle: string) => handle.slice(0, handle.indexOf('/'));

/** A value as a line of text. */
export function textOf(data: ValueData): string {
  return data.format === 'string' && typeof data.value === 'string' ? data.value : typeof data.value === 'string' ? data.value : JSON.stringify(data.value);
}

/** Where a value leads: only to what a browser opens as a page. */
export function linkOf(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).href;
}

export const curlOf = (address: string) => `curl -H 'Accept: application/json' '${address.replace(/'/g, `'\\''`)}'`;

const parts = ['type', 'text', 'ttl', 'read'] as const;
export type Part = (typeof parts)[number];
export interface ValueChange { index: number; before: IdentifierValue | null; after: IdentifierValue | null; parts: Part[] }

function partOf(value: IdentifierValue, part: Part): string {
  if (part === 'text') return JSON.stringify(value.data);
  if (part === 'read') return JSON.stringify(value.read);
  return String(value[part]);
}

/** What became of the values from one version to the next, by index. */
export function changesOf(before: IdentifierDetail | null, after: IdentifierDetail): ValueChange[] {
  const was = new Map(before === null || before.deleted ? [] : before.values.map((value) => [value.index, value]));
  const is = new Map(after.deleted ? [] : after.values.map((value) => [value.index, value]));
  return [...new Set([...was.keys(), ...is.keys()])].sort((a, b) => a - b).flatMap((index): ValueChange[] => {
    const [one = null, other = null] = [was.get(index), is.get(index)];
    if (one === null || other === null) return [{ index, before: one, after: other, parts: [] }];
    const changed = parts.filter((part) => partOf(one, part) !== partOf(other, part));
    return changed.length === 0 ? [] : [{ index, before: one, after: other, parts: changed }];
  });
}
