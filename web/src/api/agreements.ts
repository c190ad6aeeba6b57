/** The shapes of sharing agreements. Times are RFC 3339 in UTC. */
import type { TraceParty } from './trace';

export type AgreementState = 'proposed' | 'accepted' | 'declined' | 'withdrawn' | 'revoked' | 'expired';
export type AgreementStep = 'accept' | 'decline' | 'withdraw' | 'revoke';

/** That `from` shows and `to` sees. An empty list of products or types of event means all of them; `['*']` of fields or values too. */
export interface AgreementTerms { products: string[]; eventTypes: string[]; fields: string[]; values: string[]; statistics: boolean; purpose: string; until: string; object: string | null }
export interface Agreement extends AgreementTerms {
  id: string; from: TraceParty; to: TraceParty; state: AgreementState; proposedBy: string; created: string; changed: string; version: number; case: string | null;
  mayAnswer: boolean; mayWithdraw: boolean; mayRevoke: boolean;
}
/** `all` are all that one sees, of whichever parties. */
export interface AgreementCounts { waiting: number; given: number; taken: number; all: number }
export interface AgreementChange { at: string; actor: string; party: TraceParty | null; step: string; reason: string | null }
export interface AgreementDetail extends Agreement { history: AgreementChange[] }

/** What was seen by an agreement on a day (UTC), by whom and how. */
export interface AgreementUse { day: string; actor: string; use: string; times: number; rows: number }
