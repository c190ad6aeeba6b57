import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { ThingDetail, TypeInfo } from '../../api/types';
import { useTypes } from '../packs/typeWords';

export type TypedThing = ThingDetail & { typeInfo: TypeInfo };

/** A type of a pack that is no longer installed has neither words nor properties; its things stay readable. */
function untyped(id: string): TypeInfo {
  return { id, pack: '', name: { zh: id, en: id }, properties: [], commands: [] };
}

/** A thing with what its pack declares for its type. */
export function useThing(id: string | undefined) {
  const types = useTypes();
  const detail = useOne<ThingDetail>(`/api/things/${segment(id ?? '')}`, {}, { enabled: id !== undefined && id !== '' });
  const thing = detail.data;
  const ready = thing !== undefined && !types.isPending;
  const typed: TypedThing | undefined = ready ? { ...thing, typeInfo: types.data?.find((type) => type.id === thing.type) ?? untyped(thing.type) } : undefined;
  return { thing: typed, error: detail.error, pending: detail.isPending || types.isPending, retry: () => void detail.refetch() };
}
