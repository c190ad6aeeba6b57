import { useOne } from '../../api/hooks';
import type { Direction, Trace } from '../../api/trace';
import { useUrl } from '../../context/url';

/** The trace that the address asks for: the page shows it, and what stands open beside the page takes names from it. */
export function useTrace() {
  const [object, setObject] = useUrl('object');
  const [way, setWay] = useUrl('way');
  const direction: Direction = way === 'forward' ? 'forward' : 'backward';
  const answer = useOne<Trace>('/api/trace', { id: object, direction }, { enabled: object !== '' });
  return { object, setObject, direction, isCommon: way === 'common', setWay, answer };
}
