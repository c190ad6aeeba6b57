import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Query } from '../../../api/client';
import { useSession } from '../../../context/session';

const keys = ['severity', 'level', 'class', 'kind', 'in', 'late', 'mine', 'proposed', 'q'] as const;
export type Chosen = Record<(typeof keys)[number], string>;

/** What narrows the list, kept in the address. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const { me } = useSession();
  const chosen = useMemo(() => Object.fromEntries(keys.map((key) => [key, search.get(key) ?? ''])) as Chosen, [search]);
  const change = useCallback((parts: Partial<Chosen>) => {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      for (const [key, value] of Object.entries(parts)) { if (value === '') after.delete(key); else after.set(key, value); }
      return after;
    }, { replace: true });
  }, [setSearch]);
  const query: Query = useMemo(() => ({
    severity: chosen.severity, level: chosen.level, class: chosen.class, kind: chosen.kind, q: chosen.q, late: chosen.late === '' ? undefined : true, assignee: chosen.mine === '' ? undefined : me.id,
    proposed: chosen.proposed === '' ? undefined : true, ...(chosen.in === '' ? {} : { region: chosen.in }),
  }), [chosen, me.id]);
  const clear = useCallback(() => { change(Object.fromEntries(keys.map((key) => [key, ''])) as Chosen); }, [change]);
  return { chosen, choose: (key: keyof Chosen, value: string) => { change({ [key]: value }); }, query, clear, filtered: keys.some((key) => chosen[key] !== '') };
}
