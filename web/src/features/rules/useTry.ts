import { useEffect, useRef, useState } from 'react';
import { lines } from '../../api/client';
import type { TriedAlarm, TriedEnd, TriedLine, TriedTotals } from '../../api/types';

export interface TryState { busy: boolean; stopped: boolean; totals: TriedTotals | null; alarms: TriedAlarm[]; end: TriedEnd | null; error: unknown }

const nothing: TryState = { busy: true, stopped: false, totals: null, alarms: [], end: null, error: null };

function after(state: TryState, line: TriedLine): TryState {
  if (line.line === 'alarm') return { ...state, alarms: [...state.alarms, line] };
  if (line.line === 'progress') return { ...state, totals: line };
  return { ...state, totals: line.totals, end: line };
}

/** Runs a rule over the past, and tells what it finds while it goes on. */
export function useTry() {
  const [state, setState] = useState<TryState | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => { running.current?.abort(); }, []);

  const run = async (body: unknown) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState(nothing);
    const set = (change: (before: TryState) => TryState) => { if (running.current === mine) setState((before) => change(before ?? nothing)); };
    try {
      await lines<TriedLine>('/api/rules/try', body, (line) => { set((before) => after(before, line)); }, mine.signal);
      set((before) => ({ ...before, busy: false }));
    } catch (error) {
      set((before) => ({ ...before, busy: false, stopped: mine.signal.aborted, error: mine.signal.aborted ? null : error }));
    }
  };

  return { state, run, stop: () => { running.current?.abort(); } };
}
