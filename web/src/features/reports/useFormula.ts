import { useCallback } from 'react';
import { useWords } from '../../context/preferences';
import { readable } from '../../format/expression';
import { known } from '../../i18n/translate';
import { useFactWords } from './facts';
import { useIncidentTypes } from './useTypes';

/** Expressions over incidents and regions in the words of the screen. */
export function useFormula() {
  const { t, label, language } = useWords();
  const words = useFactWords();
  const types = useIncidentTypes();
  return useCallback((expression: string) => {
    const layers = types.flatMap((type) => type.layers);
    const name = (id: string) => {
      const input = `input.${id}`;
      if (known(input)) return t(input);
      const fact = `fact.${id}`;
      return known(fact) ? t(fact) : label(layers.find((layer) => layer.id === id)?.name) || id;
    };
    const value = (property: string, text: string) => {
      const colour = `band.${text}`;
      if (known(colour)) return t(colour);
      return property === 'class' ? words.className(text) : words.kindName(text);
    };
    // Numbers are compared with 0.0 only because the language is strict; nobody speaks so.
    return readable(expression.replace(/math\.(greatest|least)/g, (_, which: string) => which), { name, value }, language);
  }, [t, label, language, words, types]);
}
