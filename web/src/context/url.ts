import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** A piece of page state that lives in the address, so that a page can be sent to somebody else. */
export function useUrl(key: string, standard = ''): [string, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams();
  const value = search.get(key) ?? standard;
  const set = useCallback((next: string | null) => {
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (next === null || next === standard) after.delete(key);
      else after.set(key, next);
      return after;
    }, { replace: true });
  }, [key, standard, setSearch]);
  return [value, set];
}
