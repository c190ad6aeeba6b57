import type { Right } from '../../api/types';

/** Each role has the rights of the one before it and one more. */
export const roles = ['viewer', 'operator', 'engineer', 'administrator'] as const;
export const rights: Right[] = ['view', 'operate', 'configure', 'administer'];

export function rightsOf(role: string): Right[] {
  const at = (roles as readonly string[]).indexOf(role);
  return at < 0 ? [] : rights.slice(0, at + 1);
}
