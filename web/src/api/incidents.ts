/** The shapes of reports and incidents. Times are RFC 3339 in UTC; numbers of facts are persons, loss is in yuan. */
import type { Label, Scalar, Severity } from './types';

export interface LonLat { lon: number; lat: number }
export interface FactItem { fact: string; number: number | null; text: string | null; official: boolean; by: string | null }
export interface Incident {
  id: string; type: string; title: string; class: string | null; kind: string | null; level: number | null; severity: Severity; state: string; stateName: Label; open: boolean; late: boolean;
  due: string | null; assignee: string | null; assigneeName: string | null; party: string; region: string; regionName: string; position: LonLat | null; first: string; last: string;
  reports: number; sources: number; risk: number; heat: number; rank: number | null; rankBefore: number | null; spark: number[]; facts: FactItem[]; proposals: number; mergedInto: string | null; exercise: boolean;
}
/** What made a likeness, in nats: above nothing speaks for the same, below against it. */
export interface Likeness { with: number; text: number; time: number; place: number; class: number; numbers: number; base: number }
export interface RiskItem { part: string; name: Label; weight: number; value: number | null; points: number; expression: string | null }
export interface StatementItem { fact: string; number: number | null; text: string | null; report: string; sourceKind: string; sourceKindName: Label; source: string; official: boolean; at: string; by: string | null; goes: boolean }
export interface ProposalItem { id: string; title: string; score: number; why: Likeness; open: boolean }
export interface NearItem { layer: string; layerName: Label; name: string; position: LonLat; kilometres: number; value: number; contact: string | null; resource: boolean }
export interface HeatItem { expression: string; halfLife: string; volume: number; acceleration: number; risk: number; heat: number }
export interface IncidentDetail {
  incident: Incident; parts: RiskItem[]; severityExpression: string; severityByHand: boolean; inputs: Record<string, Scalar>; statements: StatementItem[]; proposals: ProposalItem[];
  history: ProposalItem[]; near: NearItem[]; heat: HeatItem;
}
export interface SourceKind { id: string; weight: number; official: boolean; name: Label }
export interface MapBand { band: Severity; when: string }
export interface IncidentType {
  id: string; pack: string; name: Label; case: string; source: string; sources: SourceKind[]; layers: { id: string; radius: number | null; resource: boolean; name: Label }[];
  risk: { id: string; weight: number; value: string; name: Label }[]; severity: string; heat: string; halfLife: string; map: MapBand[]; merge: number; propose: number; fields: Record<string, string>;
}
export interface IncidentFigures {
  open: number; red: number; orange: number; yellow: number; blue: number; late: number; mine: number; closed: number; closedBefore: number; opened: number; openedBefore: number;
  reports: number; proposals: number; waiting: number;
}
export interface HeatTryItem { rank: number; rankNow: number; id: string; title: string; heat: number; heatNow: number }

export interface RegionFigures { red: number; orange: number; yellow: number; blue: number; risk: number; warning: number; indicator: number }
export interface MapRegion { region: string; name: string; kind: string; band: Severity; figures: RegionFigures; when: string | null }
/** For each region one digit a step: 0 (red) to 4 (green). */
export interface MapHistory { from: string; to: string; step: string; steps: number; regions: Record<string, string> }

export type ReportChannel = 'form' | 'api' | 'upload' | 'feed' | 'open311' | 'alarm' | 'drill';
export type Joining = 'began' | 'joined' | 'moved';
export interface Report {
  id: string; type: string; state: 'waiting' | 'settled' | 'setAside'; channel: ReportChannel; sourceKind: string; sourceKindName: Label; source: string; title: string; text: string; reportedAt: string;
  receivedAt: string; place: string | null; position: LonLat | null; party: string; region: string; regionName: string; incident: string | null; how: Joining | null; score: number | null; exercise: boolean;
  link: string | null; actor: string;
}
export interface StatedFact { fact: string; number: number | null; text: string | null; start: number | null; end: number | null; inTitle: boolean; confidence: number; by: string | null }
export interface ReportStructure { facts: StatedFact[]; spans: { label: string; start: number; end: number }[]; level: { level: number; rule: Label; source: string } | null; lacking: string[] }
export interface ReportFile { hash: string; name: string; mediaType: string; bytes: number }
export interface ReportDetail {
  report: Report; text: string; structure: ReportStructure; why: Likeness | null; withReport: string | null; reason: string | null; files: ReportFile[];
  decisions: { at: string; actor: string; from: string | null; to: string; how: Joining; score: number | null; reason: string | null }[];
  corrections: { at: string; actor: string; fact: string; was: string | null; now: string | null }[]; original: { mediaType: string; bytes: number };
}
export interface ReportAnswer { id: string; duplicate: boolean; state: Report['state']; report: Report | null }
export interface UploadAnswer { format: string; encoding: string | null; columns: Record<string, string>; rows: number; taken: number; duplicates: number; bad: string[]; written: boolean }
export interface Drill { id: string; name: string; type: string; party: string; region: string; regionName: string; from: string; to: string; speed: number; started: string; ended: string | null; at: string; reports: number; actor: string }

/** entries = taken + duplicates + warnings + refused. */
export interface Feed {
  id: string; name: string; url: string; format: string | null; type: string; party: string; region: string; regionName: string; sourceKind: string; every: number; reports: boolean; disabled: boolean;
  last: string | null; next: string; fault: string | null; failures: number; entries: number; taken: number; duplicates: number; warnings: number; refused: number;
}
export interface FeedTrial { entries: number; fault: string | null; problems: string[]; first: { title: string; at: string | null; alert: boolean }[] }
export interface FeedProblem { at: string; problem: string }

/** `cap`: where the alert of one of our own can be read. */
export interface Warning {
  id: string; event: string; headline: string; description: string; instruction: string; severity: Severity; sender: string; senderName: string; regions: string[]; regionNames: string[]; areas: string;
  sent: string; from: string; to: string; inForce: boolean; own: boolean; exercise: boolean; party: string | null; cancels: boolean; cap: string;
}
/** An incident as it stood at a moment; `open` to this day. */
export interface PastIncident { id: string; title: string; severity: Severity; risk: number; region: string; regionName: string; position: LonLat | null; open: boolean }
