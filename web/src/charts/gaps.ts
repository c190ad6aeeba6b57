export type Point = [time: number, value: number | null];

/** A pause longer than this many buckets is a gap. */
const buckets = 2.5;

/** Puts nothing between points that lie too far apart, so that a gap is drawn as a gap. */
export function withGaps(points: Point[], stepMs: number): Point[] {
  const out: Point[] = [];
  let before: number | null = null;
  for (const point of points) {
    if (before !== null && point[0] - before > stepMs * buckets) out.push([before + stepMs, null]);
    out.push(point);
    before = point[0];
  }
  return out;
}

/** Most points stand no farther apart than this; the rest are pauses. */
const usual = 0.9;

/** How far apart points usually are: a sparse history is drawn as a line, and only a real pause as a gap. */
export function usualStep(times: number[]): number {
  const steps: number[] = [];
  times.forEach((time, index) => { const before = times[index - 1]; if (before !== undefined) steps.push(time - before); });
  steps.sort((a, b) => a - b);
  return steps[Math.floor((steps.length - 1) * usual)] ?? 0;
}

/** A counter per bucket as what it grew; a fall is a reset, from which it starts again. */
export function increases(points: Point[]): Point[] {
  const out: Point[] = [];
  let before: number | null = null;
  for (const [time, value] of points) {
    if (value !== null && before !== null) out.push([time, value >= before ? value - before : value]);
    if (value !== null) before = value;
  }
  return out;
}
