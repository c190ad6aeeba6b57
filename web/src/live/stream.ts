export interface Status { connected: boolean; since: number; ever: boolean }
type Handler = (data: unknown) => void;

const events = ['reading', 'alarm', 'case', 'indicator', 'thing', 'progress', 'notification', 'incident', 'report', 'hello'] as const;
export type LiveEvent = (typeof events)[number];

/** A stream that ends is opened again after a pause that doubles from 1 s up to this. */
const longestPause = 15_000;

/** Keeps one event stream open until stopped, through server restarts and refusals. */
export function openStream(url: string, on: (event: LiveEvent, data: unknown) => void, onStatus: (connected: boolean) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = 1000;
  let stopped = false;

  const start = () => {
    source = new EventSource(url);
    source.onopen = () => { pause = 1000; onStatus(true); };
    source.onerror = () => {
      onStatus(false);
      source?.close();
      if (stopped) return;
      timer = setTimeout(start, pause);
      pause = Math.min(pause * 2, longestPause);
    };
    for (const event of events) {
      const handler: Handler = (data) => { on(event, data); };
      source.addEventListener(event, (message) => { handler(JSON.parse((message as MessageEvent<string>).data)); });
    }
  };
  start();
  return () => { stopped = true; clearTimeout(timer); source?.close(); };
}
