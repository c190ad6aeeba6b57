export interface Run { from: number; length: number; value: number }

/** Neighbours of one value as one run. */
export function runsOf(values: number[]): Run[] {
  const runs: Run[] = [];
  values.forEach((value, at) => {
    const last = runs.at(-1);
    if (last !== undefined && last.value === value) last.length += 1;
    else runs.push({ from: at, length: 1, value });
  });
  return runs;
}
