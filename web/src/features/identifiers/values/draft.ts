import type { Audience, IdentifierValue, NamedAudience, Template, ValueData } from '../../../api/identifiers';

export const reads = ['public', 'owner', 'named'] as const;
export type Read = (typeof reads)[number];

/** A value as a form holds it. */
export interface ValueDraft { index: number; type: string; text: string; ttl: number | null; read: Read; audience: NamedAudience; /** What is no text is kept as it came. */ opaque: ValueData | null }
export interface ValueSent { index: number; type: string; data: ValueData; ttl: number; read: Audience }

/** A day, as the Handle system has it. */
export const usualTtl = 86_400;
/** 31 days: what the node takes at most. */
export const longestTtl = 31 * 86_400;

const nobody: NamedAudience = { parties: [], roles: [], purposes: [] };

// What else an answer says of an audience is not for sending back.
const onlyNames = ({ parties, roles, purposes }: NamedAudience): NamedAudience => ({ parties, roles, purposes });

export function draftOf(value: IdentifierValue): ValueDraft {
  const plain = value.data.format === 'string' && typeof value.data.value === 'string' ? value.data.value : null;
  return {
    index: value.index, type: value.type, text: plain ?? '', ttl: value.ttl, opaque: plain === null ? value.data : null,
    ...(typeof value.read === 'string' ? { read: value.read, audience: nobody } : { read: 'named', audience: onlyNames(value.read) }),
  };
}

/** A new value, at the smallest index that is free. */
export function newDraft(others: Pick<ValueDraft, 'index'>[], type = ''): ValueDraft {
  const taken = new Set(others.map((other) => other.index));
  let index = 1;
  while (taken.has(index)) index += 1;
  return { index, type, text: '', ttl: usualTtl, read: 'public', audience: nobody, opaque: null };
}

export const isNobody = (audience: NamedAudience) => audience.parties.length + audience.roles.length + audience.purposes.length === 0;

export function sentOf(draft: ValueDraft): ValueSent {
  const data = draft.opaque ?? { format: 'string', value: draft.text };
  return { index: draft.index, type: draft.type.trim(), data, ttl: draft.ttl ?? usualTtl, read: draft.read === 'named' ? draft.audience : draft.read };
}

/** What a form sends: a value without a text, which only a field that need not be there may be, is left out. */
export const allSent = (drafts: ValueDraft[]) => drafts.filter((draft) => draft.opaque !== null || draft.text !== '').map(sentOf);

/** One for each field of a template that is not there yet. */
export function missingOf(template: Template, drafts: ValueDraft[]): ValueDraft[] {
  const all = [...drafts];
  for (const field of template.fields) if (!all.some((draft) => draft.type === field.type)) all.push(newDraft(all, field.type));
  return all;
}
