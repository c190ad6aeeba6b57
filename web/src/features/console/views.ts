import { useAll } from '../../api/all';
import type { View } from '../../api/types';

export function useViews() {
  return useAll<View>('/api/views', {}, true, 300_000);
}

export const isBoard = (view: View) => view.kind !== 'thing';

/** The widgets whose figures are counted over windows of time, or over the last minutes instead. */
const timed = ['figures', 'trend', 'losses', 'worst'];

export const hasTimes = ({ widgets }: Pick<View, 'widgets'>) => widgets.some(({ widget }) => timed.includes(widget));
