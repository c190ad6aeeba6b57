import type { FieldInfo } from '../../api/types';

/** Fields arrive as a list, or by id. */
export function fieldList(declared: FieldInfo[] | Record<string, Omit<FieldInfo, 'id'>> | null | undefined): FieldInfo[] {
  if (declared === null || declared === undefined) return [];
  return Array.isArray(declared) ? declared : Object.entries(declared).map(([id, info]) => ({ id, ...info }));
}
