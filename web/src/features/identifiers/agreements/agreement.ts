import type { Agreement, AgreementState, AgreementStep } from '../../../api/agreements';
import type { Query } from '../../../api/client';

/** The fields that an agreement may show, by the five dimensions of an event (EPCIS 2.0, 6.1.2); what is of none of them stands last. */
export const fieldGroups = {
  what: ['ilmd', 'transformationID'],
  where: ['readPoint', 'bizLocation'],
  why: ['bizStep', 'disposition', 'persistentDisposition', 'bizTransactionList', 'sourceList', 'destinationList'],
  how: ['sensorElementList'],
  more: ['certificationInfo', 'extensions'],
} as const;
export type FieldGroup = keyof typeof fieldGroups;
export const groups = Object.keys(fieldGroups) as FieldGroup[];
export const allFields: readonly string[] = groups.flatMap((group) => [...fieldGroups[group]]);

export const eventTypes = ['ObjectEvent', 'AggregationEvent', 'TransactionEvent', 'TransformationEvent', 'AssociationEvent'] as const;

/** What answers most questions about an object: where it was, why, in which state, and what was measured. */
export const usualFields = ['readPoint', 'bizLocation', 'bizStep', 'disposition', 'sensorElementList', 'ilmd'];

export const everything = '*';
export const isEverything = (list: readonly string[]) => list.includes(everything);

/** The fields of each dimension that are shown; without the dimensions of which none is. */
export function shownFields(fields: readonly string[]): { group: FieldGroup; fields: string[] }[] {
  const all = isEverything(fields);
  return groups.map((group) => ({ group, fields: fieldGroups[group].filter((field) => all || fields.includes(field)) as string[] })).filter((one) => one.fields.length > 0);
}

export const views = ['waiting', 'given', 'taken', 'all'] as const;
export type View = (typeof views)[number];

export const states: AgreementState[] = ['proposed', 'accepted', 'declined', 'withdrawn', 'revoked', 'expired'];

/** What a view asks the server for; `own` is the party that who looks speaks for. */
export function queryOf(view: View, own: string): Query {
  if (view === 'waiting') return { waiting: true };
  return view === 'given' ? { from: own } : view === 'taken' ? { to: own } : {};
}

/** What takes something from somebody says why. */
export const needsReason: ReadonlySet<AgreementStep> = new Set(['decline', 'revoke']);

/** The steps that are open to the caller. */
export function stepsOf(one: Pick<Agreement, 'mayAnswer' | 'mayWithdraw' | 'mayRevoke'>): AgreementStep[] {
  return [...(one.mayAnswer ? ['accept', 'decline'] as const : []), ...(one.mayWithdraw ? ['withdraw'] as const : []), ...(one.mayRevoke ? ['revoke'] as const : [])];
}

/** The class of product that an object is of: of a Digital Link with a GTIN that, of anything else itself. */
export function productOf(object: string): string {
  return /^https?:\/\/[^/]+\/01\/\d{14}/.exec(object)?.[0] ?? object;
}

/** Whether an identifier is of a product class: it, or what continues it behind a sign; of one with a star at its end what begins so. */
export function isOf(product: string, id: string): boolean {
  const [name, start] = [id.toLowerCase(), product.toLowerCase()];
  if (start.endsWith('*')) return name.startsWith(start.slice(0, -1));
  return name.startsWith(start) && !/^[\p{L}\p{N}]/u.test(name.slice(start.length));
}

/** The requests that wait for an answer about an object, to the party that has events of it. */
export function asked(agreements: Agreement[], from: string, object: string): Agreement | undefined {
  return agreements.find((one) => one.state === 'proposed' && one.from.id === from && (one.object === object || one.products.some((product) => isOf(product, object))));
}
