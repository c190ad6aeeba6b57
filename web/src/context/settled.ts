import { useEffect, useState } from 'react';

/** The same array for as long as its parts are the same. */
export function useSettled<T>(parts: T[]): T[] {
  const [held, setHeld] = useState<T[]>([]);
  if (parts.length !== held.length || parts.some((part, index) => part !== held[index])) setHeld(parts);
  return held;
}

/** A value once it stood still for a while: what is asked of the server while a hand still moves would come too late anyway. */
export function useStill<T>(value: T, milliseconds: number): T {
  const [held, hold] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => { hold(value); }, milliseconds);
    return () => { clearTimeout(timer); };
  }, [value, milliseconds]);
  return held;
}
