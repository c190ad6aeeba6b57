import type { CasesOfValue } from '../../api/types';
import type { Step } from '../../charts/waterfall';

export type Measure = 'cases' | 'hours';

/** One part for each value; cases without one are a part of their own. */
export function partsOf(items: CasesOfValue[], measure: Measure, name: (item: CasesOfValue) => string): Step[] {
  return items.map((item) => ({ name: name(item), value: item[measure] }));
}
