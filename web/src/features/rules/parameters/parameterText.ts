import type { RuleParameter } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { unitSign } from '../../../format/units';

/** A parameter's value with its unit. */
export function useParameterText(): (parameter: Pick<RuleParameter, 'unit'>, value: number) => string {
  const { language } = useWords();
  return (parameter, value) => `${number(value, language)} ${unitSign(parameter.unit, language)}`.trim();
}
