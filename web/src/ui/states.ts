export type Tone = 'red' | 'orange' | 'blue' | 'green' | 'calm' | 'none';
export type StateShape = 'run' | 'pause' | 'stop' | 'tune' | 'halt' | 'fault' | 'other' | 'none';
export interface Look { tone: Tone; shape: StateShape; colour: string }

const looks = {
  run: { tone: 'green', shape: 'run', colour: 'var(--green)' },
  fault: { tone: 'red', shape: 'fault', colour: 'var(--red)' },
  halt: { tone: 'orange', shape: 'halt', colour: 'var(--orange)' },
  tune: { tone: 'calm', shape: 'tune', colour: 'var(--calm2)' },
  pause: { tone: 'calm', shape: 'pause', colour: 'var(--calm)' },
  stop: { tone: 'none', shape: 'stop', colour: 'var(--line)' },
  other: { tone: 'calm', shape: 'other', colour: 'var(--calm2)' },
  none: { tone: 'none', shape: 'none', colour: 'var(--line)' },
} as const satisfies Record<string, Look>;

/** What words of state mean on any floor; a pack's own words fall to a neutral look. */
const families: Record<keyof Omit<typeof looks, 'other' | 'none'>, readonly string[]> = {
  run: ['producing', 'running', 'run', 'working', 'executing', 'operating', 'on', 'normal', 'charging', 'open'],
  fault: ['breakdown', 'fault', 'faulted', 'failed', 'failure', 'error', 'alarm', 'emergency', 'aborted', 'down'],
  halt: ['minor_stop', 'blocked', 'starved', 'held', 'suspended', 'warning', 'jammed', 'degraded'],
  tune: ['setup', 'changeover', 'maintenance', 'cleaning', 'calibrating', 'starting', 'resetting', 'testing'],
  pause: ['idle', 'waiting', 'standby', 'ready', 'paused'],
  stop: ['planned_stop', 'off', 'stopped', 'closed', 'break', 'shutdown', 'complete'],
};

const byWord = new Map<string, Look>(Object.entries(families).flatMap(([family, list]) => list.map((word) => [word, looks[family as keyof typeof families]] as const)));

/** As many neutral shades as can be told apart in a strip. */
const shades = 4;

/** @param all The words of the property: those that no family knows are told apart by shades, in their order. */
export function lookOf(state: string | null | undefined, all: readonly string[] = []): Look {
  if (state === null || state === undefined || state === '') return looks.none;
  const known = byWord.get(state);
  if (known !== undefined) return known;
  const at = all.filter((word) => !byWord.has(word)).indexOf(state);
  return at < 0 ? looks.other : { ...looks.other, colour: `var(--state-${at % shades})` };
}

/** The worst first, as it should be read. */
const order: StateShape[] = ['fault', 'halt', 'tune', 'pause', 'stop', 'other', 'none', 'run'];
export function stateRank(state: string | null | undefined): number {
  return order.indexOf(lookOf(state).shape);
}
