import { useMemo } from 'react';
import { useWords } from '../../context/preferences';
import { known } from '../../i18n/translate';
import { bare } from './event';
import { eventKey, objectName, wordKey, wordOf, type Vocabulary } from './names';

/** Standard words as people say them; those of other vocabularies as they are. */
export function useTraceWords() {
  const { t } = useWords();
  return useMemo(() => {
    const word = (vocabulary: Vocabulary, uri: string | null | undefined) => { const key = wordKey(vocabulary, uri ?? null); return key === null ? wordOf(uri ?? null) : t(key); };
    return {
      word,
      /** A field of an event; of another vocabulary by its bare name. */
      field: (name: string) => { const key = `event.field.${name}`; return known(key) ? t(key) : bare(name); },
      step: (uri: string | null) => word('step', uri),
      event: (type: string) => { const key = eventKey(type); return key === null ? objectName(type) : t(key); },
    };
  }, [t]);
}
