import { moment } from './times';

/** What the clock of a zone shows, read as if it were UTC. */
const shownAt = (time: number, zone: string) => Date.parse(`${moment(time, zone).replace(' ', 'T')}Z`);

/** The moment at which the clock of a zone shows a time such as 2026-01-05T08:00; one that it leaves out in spring is as much later. */
export function momentAt(shown: string, zone: string): string {
  const wanted = Date.parse(`${shown}:00Z`);
  let time = wanted;
  // The second step is for a change of the clock between the guess and the answer.
  for (let step = 0; step < 2; step += 1) time += wanted - shownAt(time, zone);
  return new Date(time).toISOString();
}
