import { useState } from 'react';

/** The same array for as long as its parts are the same. */
export function useSettled<T>(parts: T[]): T[] {
  const [held, setHeld] = useState<T[]>([]);
  if (parts.length !== held.length || parts.some((part, index) => part !== held[index])) setHeld(parts);
  return held;
}
