import { segment } from '../../../api/client';
import type { EpcisEvent, EventMember } from '../../../api/trace';

/** No event is without these; and one that was declared wrong does not become right by erasing that. */
const fixed: ReadonlySet<string> = new Set(['type', 'eventID', 'eventTime', 'eventTimeZoneOffset', 'recordTime', 'action', '@context', 'errorDeclaration']);

/** Of each of these something has to stay (EPCIS 2.0, 7.4). Where the standard makes an exception the server does too. */
const sides: Partial<Record<string, string[][]>> = {
  ObjectEvent: [['epcList', 'quantityList']],
  AggregationEvent: [['childEPCs', 'childQuantityList']],
  AssociationEvent: [['parentID'], ['childEPCs', 'childQuantityList']],
  TransactionEvent: [['bizTransactionList'], ['epcList', 'quantityList']],
  TransformationEvent: [['inputEPCList', 'inputQuantityList'], ['outputEPCList', 'outputQuantityList']],
};

/** The members that an event can be without. */
export function erasable(type: string, members: EventMember[]): string[] {
  const there = members.filter((member) => member.erased === null).map((member) => member.name);
  const isLast = (name: string) => (sides[type] ?? []).some((side) => side.includes(name) && side.filter((one) => there.includes(one)).length === 1);
  return there.filter((name) => !fixed.has(name) && !isLast(name));
}

export interface Erasure { names: string[]; at: string; byName: string; reason: string }

/** What was erased at a time; newest first. */
export function erasures(members: EventMember[]): Erasure[] {
  const found = new Map<string, Erasure>();
  for (const { name, erased } of members) {
    if (erased === null) continue;
    const { at, byName, reason } = erased;
    const same = found.get(at);
    if (same === undefined) found.set(at, { names: [name], at, byName, reason });
    else same.names.push(name);
  }
  return [...found.values()].sort((a, b) => b.at.localeCompare(a.at));
}

/** An id that is the hash of the content goes with what is erased. */
export const isHash = ({ eventID }: Pick<EpcisEvent, 'eventID'>) => eventID.startsWith('ni:///');

/** Whether an answer of the server is about an event: its id is in the path or asked for. */
export const isAbout = (id: string, path: string, query: object) => path.split('/').includes(segment(id)) || (query as { event?: string }).event === id;
