import { useSyncExternalStore } from 'react';

type Listener = () => void;

/** One timer for all clocks of a pace, so that a page of relative times turns at once. */
function pace(milliseconds: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<Listener>();
  const tick = () => { now = Date.now(); listeners.forEach((listener) => { listener(); }); };
  return {
    subscribe(listener: Listener) {
      listeners.add(listener);
      timer ??= setInterval(tick, milliseconds);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) { clearInterval(timer); timer = undefined; }
      };
    },
    read: () => (timer === undefined ? (now = Math.floor(Date.now() / milliseconds) * milliseconds) : now),
  };
}

const second = pace(1000);
const slow = pace(10_000);

export const useSecond = () => useSyncExternalStore(second.subscribe, second.read);
/** Now, to ten seconds: enough for "3 min ago". */
export const useNow = () => useSyncExternalStore(slow.subscribe, slow.read);
