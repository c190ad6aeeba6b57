import { useWords } from '../../context/preferences';
import { readable } from '../../format/expression';
import { useTypeWords } from './typeWords';

/** A rule's condition in words; the expression as the pack wrote it on hover. */
export function Condition({ type, expression }: { type: string; expression: string }) {
  const { language } = useWords();
  const words = useTypeWords();
  return <span className="clip" title={expression}>{readable(expression, { name: (id) => words.property(type, id), value: (property, value) => words.value(type, property, value) }, language)}</span>;
}
