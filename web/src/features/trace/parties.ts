import type { Trace } from '../../api/trace';

/** As many as can be told apart beside each other; with more they begin again, and the names tell them apart. */
const colours = 5;

/** The parties of a trace in the order in which they come in, each with its colour. */
export function partiesOf(trace: Trace): { id: string; name: string; colour: string }[] {
  const names = new Map(trace.events.map((event) => [event.party.id, event.party.name]));
  return [...names].map(([id, name], index) => ({ id, name, colour: `var(--party-${index % colours})` }));
}
