import type { RuleParameter } from '../../api/types';
import { useWords } from '../../context/preferences';
import { folded, readable } from '../../format/expression';
import { number } from '../../format/numbers';
import { unitSign } from '../../format/units';
import { useTypeWords } from './typeWords';

interface Judging { type: string; parameters?: (RuleParameter & { value?: number })[] }

/** A rule's condition in words, with what its parameters are; the expression as the pack wrote it on hover. */
export function Condition({ of, expression, wrap = false }: { of: Judging; expression: string; wrap?: boolean }) {
  const { language } = useWords();
  const words = useTypeWords();
  const parameters = of.parameters ?? [];
  const told = folded(expression, Object.fromEntries(parameters.map((one) => [one.id, one.value ?? one.default])));
  const name = (id: string) => {
    const figure = told.values[id];
    if (figure === undefined) return words.property(of.type, id);
    return `${number(figure.value, language)} ${unitSign(parameters.find((one) => one.id === figure.of)?.unit, language)}`.trim();
  };
  return <span className={wrap ? 'break' : 'clip'} title={expression}>{readable(told.expression, { name, value: (property, value) => words.value(of.type, property, value), unit: (property) => words.unit(of.type, property) }, language)}</span>;
}
