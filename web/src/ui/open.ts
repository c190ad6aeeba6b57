import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** What can stand open beside any page; one at a time, and in the address. */
const kinds = ['alarm', 'incident', 'report', 'handover', 'case', 'why', 'signoff', 'thing', 'rule', 'held', 'reject', 'user', 'notice', 'rota', 'webhook', 'feed', 'warning', 'prefix', 'identifier', 'agreement', 'event'] as const;
export type Openable = (typeof kinds)[number];

export function useOpen() {
  const [search, setSearch] = useSearchParams();
  const open = useCallback((kind: Openable, id: string | null, beside: Record<string, string> = {}) => {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      kinds.forEach((other) => { after.delete(other); });
      // A form that stands open makes room for what came of it.
      after.delete('create');
      if (id !== null) after.set(kind, id);
      for (const [key, value] of Object.entries(beside)) after.set(key, value);
      return after;
    });
  }, [setSearch]);
  return { open, opened: (kind: Openable) => search.get(kind) };
}

/** An indicator of a subject, over its newest window or the one that holds a time, as one word of an address. */
export const whyOf = (item: { indicator: string; thing: string }, at?: string) => `${item.indicator}${at === undefined ? '' : `@${at}`}~${item.thing}`;
export function parseWhy(text: string): { indicator: string; thing: string; at?: string } | null {
  const split = text.indexOf('~');
  const [indicator = '', at] = text.slice(0, split).split('@');
  return split < 1 ? null : { indicator, thing: text.slice(split + 1), at };
}
