import { useAll } from '../../api/all';
import type { View } from '../../api/types';

export function useViews() {
  return useAll<View>('/api/views', {}, true, 300_000);
}

export const isBoard = (view: View) => view.kind !== 'thing';
