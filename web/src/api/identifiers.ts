/** The shapes of the identifier node. Times are RFC 3339 in UTC. */
import type { Label } from './types';

export type PrefixState = 'applied' | 'active' | 'suspended' | 'refused' | 'withdrawn';
export interface Applicant { organisation: string; creditCode: string | null; industry: string | null; contact: string; phone: string | null; email: string | null; purpose: string }
export interface Delegation { host: string; port: number; http: string | null }
export interface Prefix {
  prefix: string; party: string; partyName: string | null; state: PrefixState; above: string | null; applicant: Applicant | null; delegation: Delegation | null; quota: number | null;
  identifiers: number; why: string | null; by: string; byName: string; applied: string; changed: string; version: number; mayReview: boolean; mayConfigure: boolean;
}
export interface PrefixChange { version: number; at: string; by: string; byName: string; state: PrefixState; why: string | null; delegation: Delegation | null; quota: number | null }
/** Of one day (UTC); `party` is who asked, null for whoever did not sign in. */
export interface DayCount { day: string; prefix: string; party: string | null; found: number; missed: number; registered: number }

export interface Identifier { handle: string; version: number; at: string; by: string; byName: string; template: string | null; values: number }
export interface NamedAudience { parties: string[]; roles: string[]; purposes: string[] }
export type Audience = 'public' | 'owner' | NamedAudience;
export interface ValueData { format: string; value: unknown }
export interface IdentifierValue { index: number; type: string; data: ValueData; ttl: number; timestamp: string; read: Audience }
/** A value that was erased: that it was there, and who erased it why. */
export interface ErasedValue { index: number; at: string; by: string; byName: string; reason: string }
export interface IdentifierDetail {
  handle: string; party: string; version: number; sequence: number; at: string; by: string; byName: string; template: string | null; deleted: boolean; values: IdentifierValue[]; erased: ErasedValue[];
}

export type RowResult = 'created' | 'changed' | 'unchanged' | 'rejected';
export interface ReportedRow { row: number; handle: string | null; result: RowResult; code: string | null; detail: string | null }
/** received = created + changed + unchanged + rejected. */
export interface RegistrationReport { received: number; created: number; changed: number; unchanged: number; rejected: number; rows: ReportedRow[]; notListed: number }

export type FieldFormat = 'text' | 'number' | 'date' | 'url' | 'identifier';
export interface TemplateField { type: string; name: Label; format: FieldFormat; unit: string | null; required: boolean; pattern: string | null }
export interface Template { id: string; party: string; name: Label; fields: TemplateField[]; by: string; at: string; version: number }

/** What the resolver answers, in the Handle proxy's form. */
export interface HandleAnswer { responseCode: number; handle: string; values?: { index: number; type: string; data: ValueData; ttl: number | string; timestamp: string }[] }

export type CompanyPrefixState = 'applied' | 'active' | 'refused';
/** A GS1 Company Prefix whose keys are identifiers below a prefix. */
export interface CompanyPrefix {
  digits: string; prefix: string; party: string; partyName: string | null; state: CompanyPrefixState; why: string | null; by: string; byName: string; changed: string; mayReview: boolean; mayConfigure: boolean;
}
/** What the codes of an identifier say: its Digital Link and its elements where it is a GS1 key, else its page. */
export interface IdentifierCode { handle: string; page: string; digitalLink: string | null; elements: string | null }

/** What this node does not answer: an identifier to nobody but its owner, a party nothing but what is its own. */
export type BlockKind = 'identifier' | 'party';
export interface Block { kind: BlockKind; target: string; targetName: string; reason: string; by: string; byName: string; at: string }
