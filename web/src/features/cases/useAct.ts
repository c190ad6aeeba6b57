import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { request, segment } from '../../api/client';
import type { Case } from '../../api/types';
import { useProblemWords } from '../../ui/problemWords';

/** Everything that shows cases looks again. */
export function useLookAgain() {
  const client = useQueryClient();
  return (id?: string) => {
    void client.invalidateQueries({ queryKey: ['rows', '/api/cases'] });
    void client.invalidateQueries({ queryKey: ['one', '/api/cases/counts'] });
    if (id !== undefined) void client.invalidateQueries({ queryKey: ['one', `/api/cases/${segment(id)}`] });
  };
}

/** Does something with a case, says why it did not work, and has all that shows it look again. */
export function useAct(item: Pick<Case, 'id'>) {
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState<string | null>(null);
  const run = (name: string, work: () => Promise<unknown>, done?: () => void) => {
    setBusy(name);
    work()
      .then(() => { done?.(); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(null); lookAgain(item.id); });
  };
  const act = (step: string, body: unknown = {}, done?: () => void, method = 'POST') => { run(step, () => request(method, `/api/cases/${segment(item.id)}/${step}`, { body }), done); };
  return { act, run, busy };
}
