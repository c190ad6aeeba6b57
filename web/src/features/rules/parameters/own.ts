import type { ThingRule } from '../../../api/types';

type Parameter = ThingRule['parameters'][number];

/** Whether a thing has another value than the rule declares. */
export const isOwn = (parameter: Pick<Parameter, 'value' | 'default'>) => parameter.value !== parameter.default;

/** What is sent: only what differs, so that a new default of the rule reaches the rest. */
export function ownValues(parameters: Pick<Parameter, 'id' | 'default'>[], entered: Record<string, number | null | undefined>): Record<string, number> {
  return Object.fromEntries(parameters.flatMap((one) => {
    const value = entered[one.id];
    return typeof value === 'number' && value !== one.default ? [[one.id, value]] : [];
  }));
}
