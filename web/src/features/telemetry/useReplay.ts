import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post, request, type Query } from '../../api/client';
import type { ReplayAnswer } from '../../api/types';

export interface ReplayState { busy: boolean; total: number; accepted: number; refused: number; skipped: number; reasons: Record<string, number>; error: unknown }

const nothing: Omit<ReplayState, 'total'> = { busy: true, accepted: 0, refused: 0, skipped: 0, reasons: {}, error: null };

function sum(before: Record<string, number>, more: Record<string, number>): Record<string, number> {
  const both = { ...before };
  for (const [reason, count] of Object.entries(more)) both[reason] = (both[reason] ?? 0) + count;
  return both;
}

/** Has the server judge rejects again, step by step, and tells how far it has come. */
export function useReplay() {
  const client = useQueryClient();
  const [state, setState] = useState<ReplayState | null>(null);

  const run = async (first: { filter: Query } | { ids: string[] }, total: number) => {
    let now: ReplayState = { ...nothing, total };
    let next: object = {};
    setState(now);
    try {
      for (;;) {
        const answer = await post<ReplayAnswer>('/api/rejects/replay', { ...first, ...next });
        now = { ...now, accepted: now.accepted + answer.accepted, refused: now.refused + answer.refused, skipped: now.skipped + answer.skipped, reasons: sum(now.reasons, answer.reasons) };
        setState(now);
        if (answer.after === null) break;
        next = { after: answer.after, until: answer.until };
      }
      now = { ...now, busy: false };
    } catch (error) {
      now = { ...now, busy: false, error };
    }
    setState(now);
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/rejects') || queryKey[1] === '/api/accounting' });
  };

  const giveUp = async (query: Query, until: number, count: number) => {
    await request<unknown>('DELETE', '/api/rejects', { query: { ...query, until, count } });
  };

  return { state, run, giveUp, clear: () => { setState(null); } };
}
