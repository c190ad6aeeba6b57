import type { Label, Severity } from './types';

export interface DutyEntry { id: number; party: string; region: string; at: string; author: string; authorName: string; text: string; case: string | null }
export interface Handover {
  id: number; party: string; region: string; from: string; fromName: string; to: string; toName: string; at: string; since: string; remark: string | null; passCases: boolean;
  state: 'open' | 'accepted' | 'objected'; answeredAt: string | null; answerRemark: string | null; cases: number; late: number; entries: number;
}
export interface HandedCase { number: string; title: Label; stateName: Label; severity: Severity; due: string | null; late: boolean; responsible: string | null; responsibleName: string | null; exercise: boolean }
/** What was open and logged when it was made; it changes no more. */
export interface HandoverDetail { handover: Handover; snapshot: { cases: HandedCase[]; casesLeftOut: number; entries: DutyEntry[]; entriesLeftOut: number } }
