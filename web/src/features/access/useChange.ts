import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useWords } from '../../context/preferences';
import { useProblemWords } from '../../ui/problemWords';

/** Does one thing at the server, says how it went, and reads the lists of that path anew, or what else is meant. */
export function useChange(path: string | ((path: string, query: object) => boolean)) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState(false);
  const change = async <T>(work: () => Promise<T>, said?: string | ((result: T) => string)): Promise<T | null> => {
    setBusy(true);
    try {
      const result = await work();
      void message.success(typeof said === 'function' ? said(result) : said ?? t('saved'));
      return result;
    } catch (error) {
      const words = problemWords(error);
      void message.error(words.line);
      return null;
    } finally {
      setBusy(false);
      void client.invalidateQueries({ predicate: ({ queryKey: [, at, query] }) => (typeof path === 'string' ? String(at).startsWith(path) : path(String(at), Object(query) as object)) });
    }
  };
  return { change, busy };
}
