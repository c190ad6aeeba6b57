/** Wider than this many tiles side by side, names no longer fit. */
const mostColumns = 10;

export const columnsAt = (counts: number[], depth: number) => counts.reduce((sum, count) => sum + Math.max(1, Math.ceil(count / depth)), 0);

/** How many tiles stand one below the other: the depth that leaves the fewest places empty and still fits across. */
export function laneDepth(counts: number[]): number {
  const deepest = Math.max(1, ...counts);
  let best = deepest;
  let fewest = Infinity;
  for (let depth = 2; depth <= deepest; depth += 1) {
    const columns = columnsAt(counts, depth);
    if (columns <= Math.max(mostColumns, counts.length) && columns * depth < fewest) { best = depth; fewest = columns * depth; }
  }
  return best;
}
