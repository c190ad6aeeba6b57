import { useMemo } from 'react';
import { useWords } from '../../context/preferences';
import { eventKey, objectName, wordKey, wordOf, type Vocabulary } from './names';

/** Standard words as people say them; those of other vocabularies as they are. */
export function useTraceWords() {
  const { t } = useWords();
  return useMemo(() => {
    const word = (vocabulary: Vocabulary, uri: string | null | undefined) => { const key = wordKey(vocabulary, uri ?? null); return key === null ? wordOf(uri ?? null) : t(key); };
    return {
      word,
      step: (uri: string | null) => word('step', uri),
      event: (type: string) => { const key = eventKey(type); return key === null ? objectName(type) : t(key); },
    };
  }, [t]);
}
