import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useProblemWords } from '../../../ui/problemWords';

/** Everything that shows reports, incidents or their cases looks again. */
export function useLookAgain() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ predicate: ({ queryKey }) => typeof queryKey[1] === 'string' && /^\/api\/(incidents|reports|cases)/.test(queryKey[1]) });
  };
}

/** Does something, says why it did not work, and has all that shows it look again. */
export function useDo() {
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<unknown>, done?: () => void) => {
    setBusy(true);
    work()
      .then(() => { done?.(); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); lookAgain(); });
  };
  return { run, busy };
}
