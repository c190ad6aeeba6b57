import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RegistrationReport } from '../../../api/identifiers';
import { request } from '../../../api/client';
import { nothing, plus, type Outcome } from './outcome';
import { bodyOf, kinds, partsOf, type Kind } from './rows';

export type Mode = 'create' | 'put';
export type Going = 'sending' | 'done' | 'stopped' | 'failed';
export interface Registration { going: Going; outcome: Outcome; fault: { error: unknown; row: number } | null }

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';

/** Sends a file part after part; stopping leaves what was registered. */
export function useRegistration() {
  const client = useQueryClient();
  const [state, setState] = useState<Registration | null>(null);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => { stopping.current?.abort(); }, []);

  const send = async (file: File, kind: Kind, mode: Mode) => {
    const controller = new AbortController();
    stopping.current = controller;
    let outcome = nothing;
    let row = 1;
    setState({ going: 'sending', outcome, fault: null });
    try {
      for await (const part of partsOf(file, kind)) {
        row = part.first;
        if (controller.signal.aborted) break;
        const report = await request<RegistrationReport>('POST', '/api/identifiers/batch', { query: { mode }, file: new Blob([bodyOf(part)]), headers: { 'Content-Type': kinds[kind] }, signal: controller.signal });
        outcome = plus(outcome, part, report);
        setState({ going: 'sending', outcome, fault: null });
      }
      setState({ going: controller.signal.aborted ? 'stopped' : 'done', outcome, fault: null });
    } catch (error) {
      setState(isAbort(error) ? { going: 'stopped', outcome, fault: null } : { going: 'failed', outcome, fault: { error, row } });
    }
    void client.invalidateQueries({ predicate: ({ queryKey }) => /^\/api\/(identifiers|prefixes)/.test(String(queryKey[1])) });
  };
  return { state, send: (file: File, kind: Kind, mode: Mode) => void send(file, kind, mode), stop: () => { stopping.current?.abort(); }, clear: () => { setState(null); } };
}
