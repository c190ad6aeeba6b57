import type { RuleParameter } from '../../api/types';
import { useWords } from '../../context/preferences';
import { readable } from '../../format/expression';
import { number } from '../../format/numbers';
import { unitSign } from '../../format/units';
import { useTypeWords } from './typeWords';

interface Judging { type: string; parameters?: (RuleParameter & { value?: number })[] }

/** A rule's condition in words, with what its parameters are; the expression as the pack wrote it on hover. */
export function Condition({ of, expression, wrap = false }: { of: Judging; expression: string; wrap?: boolean }) {
  const { language } = useWords();
  const words = useTypeWords();
  const name = (id: string) => {
    const parameter = of.parameters?.find((one) => one.id === id);
    return parameter === undefined ? words.property(of.type, id) : `${number(parameter.value ?? parameter.default, language)} ${unitSign(parameter.unit, language)}`.trim();
  };
  return <span className={wrap ? 'break' : 'clip'} title={expression}>{readable(expression, { name, value: (property, value) => words.value(of.type, property, value) }, language)}</span>;
}
