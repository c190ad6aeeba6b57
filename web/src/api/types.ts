/** The shapes that the server's HTTP interface speaks. Times are RFC 3339 in UTC. */
export interface Label { zh: string; en: string }
export interface List<T> { items: T[]; next: string | null }

export type Severity = 'red' | 'orange' | 'yellow' | 'blue' | 'green';
export type Right = 'view' | 'operate' | 'configure' | 'administer';
export type Scalar = number | string | boolean | null;

export interface Grant { id?: string; role: string; party: string; region: string }
export interface Me { id: string; name: string; kind: 'user' | 'token' | 'thing'; rights: Right[]; grants: Grant[]; party?: string | null }
export interface SystemInfo { version: string; startedAt: string; time: string; zone: string; mqtt?: string; simulatedSpeed?: number | null; publicWarnings?: boolean; publicOpen311?: boolean }

export interface User { id: string; name: string; party: string; disabled: boolean; created: string; lastSignIn: string | null; grants: Grant[] }
export interface ApiToken { id: string; name: string; prefix: string; role: string; party: string; region: string; created: string; expires: string | null; lastUsed: string | null }
export interface AuditEntry { id: string; at: string; actor: string; actorName: string; action: string; target: string; outcome: number }
export interface Party { id: string; name: string; parent: string | null; zone: string | null; path?: unknown }
export interface Region { id: string; name: string; parent: string | null; kind: string; path?: unknown }

export interface EnumValue { id: string; name: Label }
export interface PropertyInfo { id: string; name: Label; type: string; unit?: string | null; range?: [number, number] | null; values?: EnumValue[] | null; counter?: boolean }
export interface CommandInfo { id: string; name?: Label; parameters?: PropertyInfo[]; confirm?: 'none' | 'again' | 'other'; right?: Right; within?: number | null; retries?: number }
export interface TypeInfo { id: string; pack: string; name: Label; properties: PropertyInfo[]; commands?: CommandInfo[]; abstract?: boolean; extends?: string | null; lineage?: string[]; icon?: string | null }
export interface Thing { id: string; type: string; name: string; party: string; region: string; parent: string | null; gateway: string | null; connected: boolean; lastSeen: string | null; created: string; version: number; position: { lon: number; lat: number } | null; identifiers: Record<string, string> }
export interface ThingDetail extends Thing { typeInfo: TypeInfo | null; path: { id: string; name: string }[]; children: number }
export interface Reading { value: Scalar; ts: string; quality: string; flag?: string | null; arrived?: string }
export type Values = Record<string, Reading>;
export interface Latest { thing: string; name: string; type: string; parent: string | null; values: Values }
export interface Readings { property: string; unit: string | null; bucket: string; points: (number | string | boolean | null)[][] }
export interface StateInterval { from: string; to: string; value: string }
export interface States { property: string; intervals: StateInterval[]; totals: Record<string, number> }
export interface CommandSent { id: string; command: string; parameters: unknown; status: string; reply: unknown; at: string; by: string; attempts?: number; confirmedBy?: string | null; batch?: string | null }
export interface CommandBatch { id: string; command: string; at: string; by: string; total: number; unconfirmed: number; waiting: number; sent: number; answered: number; timeout: number; canceled: number }

export interface Channel { id: string; name: string | Label; protocol: string; received: number; stored: number; pending: number; rejected: number; duplicate: number; lastAt: string | null }
export interface Accounting {
  received: number; stored: number; pending: number; rejected: number; duplicate: number; corrections: number;
  replayed: number; reasons: Record<string, number>; gone: Record<string, number>; channels: { channel: string }[];
  log: { bytes: number; limitBytes: number; segments: number }; engine: { rows: number; bytes: number };
}
export interface Reject { id: string; at: string; channel: string; thing: string | null; property: string | null; reason: string; detail: string | null; payload: string | null; replayable: boolean }
export interface StorageSample { at: string; log: number; engine: number; readings: number; database: number; free: number; used: number }
export interface StorageInfo {
  state: 'ok' | 'low' | 'critical'; free: number; total: number; used: number; log: number; engine: number; database: number;
  tables: { table: string; rows: number; bytes: number; bytesPerRow: number | null }[];
  growth: { hour: number | null; day: number | null; week: number | null }; full: { withoutRetention: string | null; withRetention: string | null };
  kept: { readings: number | null; minutes: number | null; hours: number | null; days: number | null }; history: StorageSample[];
}
export interface RejectReason { reason: string; count: number; replayable: number; sample: Reject | null }
export interface RejectSummary { until: number; items: RejectReason[] }
export interface ReplayAnswer { accepted: number; refused: number; skipped: number; reasons: Record<string, number>; after: number | null; until: number }

export interface Cause { expression: string; values: { property: string; name: Label; value: Scalar; unit: string | null; ts: string }[]; heldSince: string | null }
export interface Alarm {
  id: string; rule: string; ruleName: Label; advice: Label | null; thing: string; thingName: string; party: string; region: string; severity: Severity;
  state: 'raised' | 'acknowledged' | 'cleared' | 'suppressed'; raisedAt: string; acknowledgedAt: string | null; acknowledgedBy: string | null; clearedAt: string | null;
  case: string | null; cause: Cause | null; explanation: Label | null; group?: string | null; heldBackBy?: string | null;
}
export interface Rule {
  id: string; pack: string; name: Label; type: string; severity: Severity; when: string | null; clear: string | null; for: string | null;
  absent: { property: string; for: string } | null; opens: string | null; causedBy?: string[]; advice?: Label | null;
  counters: { evaluated: number; matched: number; raised: number; suppressed: number };
  clearFor?: string | null; lateness?: string | null; severityBy?: string | null; during?: string | null; version?: number;
  parameters?: RuleParameter[];
}
export interface RuleParameter { id: string; name: Label; default: number; unit: string | null; min: number | null; max: number | null }
/** A rule as it is for one thing: what holds there, and who set it so. */
export interface ThingRule { rule: string; name: Label; severity: Severity; parameters: (RuleParameter & { value: number })[]; why: string | null; by: string | null; byName: string | null; at: string | null }
export interface Suppression {
  id: string; kind: 'shelved' | 'maintenance'; rule: string | null; ruleName: Label | null; thing: string | null; thingName: string | null; region: string | null; regionName: string | null;
  from: string; to: string; why: string; by: string; byName: string; madeAt: string; endedAt: string | null; endedBy: string | null; endedByName: string | null; mayEnd: boolean;
}
export interface RuleVersion { rule: string; number: number; definition: { when: string | null; clear: string | null; for: string | null; absent: Rule['absent'] } | null; why: string; by: string; at: string; restoredFrom: number | null }

export interface TriedAlarm { line: 'alarm'; thing: string; name: string; raisedAt: string; clearedAt: string | null; explanation: Label; outcome: 'both' | 'new' | 'missing' }
export interface TriedTotals { done: number; things: number; ofThings: number; readings: number; by: 'readings' | 'rollups'; summed: number; raised: number; both: number; new: number; missing: number; seconds: number }
export interface TriedEnd { line: 'end'; totals: TriedTotals; counts: { evaluated: number; matched: number; errors: number; lastError: string | null }; flooded: number; isCut: boolean }
export type TriedLine = TriedAlarm | ({ line: 'progress' } & TriedTotals) | TriedEnd;

export interface IndicatorWindow { kind: string; shift?: string | null; shiftName?: Label | null; from: string; to: string; complete: boolean }
export interface SignedOff { signOff: number; by: string; byName: string; at: string; reported: boolean; recomputed: number | null; recomputedBand: Severity | null; differs: boolean }
/** Days are those of the party; `to` is the day after the last. */
export interface SignOff {
  id: number; party: string; from: string; to: string; indicator: string | null; by: string; byName: string; at: string; note: string;
  withdrawnBy: string | null; withdrawnAt: string | null; withdrawnNote: string | null;
}
export interface SignedFigure {
  indicator: string; name: Label; thing: string; thingName: string; window: string; shiftName: Label | null; from: string; to: string; value: number | null; recomputed: number | null;
  unit: string; band: Severity | null; recomputedBand: Severity | null; reported: boolean; differs: boolean;
}
export interface Indicator {
  indicator: string; name: Label; unit: string; thing: string; thingName: string; subject?: 'thing' | 'party' | 'region'; window: IndicatorWindow; value: number | null; band: Severity | null;
  bandMeaning: Label | null; target?: number | null; computedAt: string; corrected: boolean; version?: number; signedOff?: SignedOff | null;
}
export interface ReadingsBehind { property: string; propertyName: Label; count: number; first: string | null; last: string | null; corrected: number; before: string | null }
export interface Share { thing: string; thingName: string; value: number | null; weight?: number | null; indicator?: string | null; readings?: ReadingsBehind[] | null }
export interface Lineage extends Indicator {
  inputs: { id: string; name: Label; kind: string; value: number | null; unit: string | null; weight?: number | null; from: Share[] }[];
  formula: string; bands: { band: Severity; when: string; meaning: Label }[]; definition?: { digest: string; since: string; current: boolean; body: { formula: string } } | null;
}
export interface RevisionCause {
  kind: string; thing: string | null; thingName: string | null; property: string | null; propertyName: Label | null; from: string; to: string; readings: number; arrived: string;
  versions: { value: Scalar; quality: string; arrived: string }[];
}
export interface Revision { id: string; window: IndicatorWindow; version: number; old: { value: number | null }; new: { value: number | null }; cause: RevisionCause | null; at: string }
export interface Comparison {
  periods: { which: string; from: string; to: string; value: number | null; band: Severity | null; change: number | null }[]; past: { windows: number; mean: number; least: number; greatest: number } | null;
  peersWithValue: number; rank: number | null; peerMean: number | null; peerMedian: number | null; peers: { thing: string; thingName: string; value: number | null; band: Severity | null; rank: number | null }[];
}
export interface Limits { lower: number; centre: number; upper: number }
export interface ControlPoint { at: string; value: number; spread: number | null; size: number; lower: number; upper: number; rules: number[]; spreadOut: boolean }
export interface ControlChart {
  property: string; propertyName: Label; unit: string | null; chart: string; subgroup: number; from: string; to: string; limits: Limits | null; spread: Limits | null; deviation: number | null;
  capability: { cp: number | null; cpk: number; lower: number | null; upper: number | null } | null; points: ControlPoint[];
}
export interface HistoryPoint { from: string; to: string; shift: string | null; value: number | null; band: Severity | null; recomputed?: number | null }

export interface Case {
  id: string; number: string | number; type: string; typeName: Label; title: string; titleLabel?: Label; state: string; stateName: Label; final: boolean; severity: Severity;
  thing: string | null; thingName: string | null; party: string; region: string; exercise?: boolean; supervisions?: number; assignee: string | null; assigneeName: string | null;
  delegate?: string | null; delegateName?: string | null; enteredAt?: string; level?: number; tasks?: number; tasksOver?: number; evidenceCount?: number; mergedInto?: string | null; mark?: number | null;
  openedAt: string; openedBy: string; due: string | null; late: boolean; closedAt: string | null; alarm: string | null; version: number;
}
export interface FieldInfo { id: string; name: Label; type: string; values?: EnumValue[] | null; unit?: string | null }
export interface Transition { id: string; name: Label; to: string; requires: string[]; assigns: boolean; comment: boolean | string | null; allowed: boolean; why?: Label | null }
export interface CaseEvent { seq: number; at: string; actor: string; actorName: string; kind: string; data: Record<string, unknown> | null; erased?: boolean; hash: string }
export interface CaseResponsible { kind: 'user' | 'duty'; id: string; name: string; label?: Label; delegate?: string | null }
export interface CaseTask { id: string; name: Label; role: string; roleName: Label; after: string[]; progress: 'waiting' | 'ready' | 'done' | 'skipped'; assignee: string | null; assigneeName: string | null; due: string | null; late: boolean; endedAt: string | null; endedByName: string | null; checks: string[]; evidence: string[]; allowed: boolean; why: Label | null }
export interface CaseEvidence { kind: string; kindName: Label; hash: string; name: string; mediaType: string; bytes: number; task: string | null; at: string; byName: string }
/** What somebody above asked for; `seq` is the event that asked. */
export interface Supervision { seq: number; kind: 'ask' | 'urge' | 'instruct'; text: string; by: string; byName: string; region: string; above: boolean; at: string; due: string | null; late: boolean; answer: { seq: number; text: string; by: string; byName: string; at: string } | null }
export interface CaseDetail extends Case {
  fields: Record<string, Scalar>; fieldInfo: FieldInfo[] | Record<string, Omit<FieldInfo, 'id'>>; transitions: Transition[]; responsible: CaseResponsible | null; history: CaseEvent[];
  responsibleOverTime: { from: string; to: string | null; state: string; stateName: Label; responsible: CaseResponsible }[];
  plan: CaseTask[]; checklist: { id: string; name: Label; done: boolean }[]; evidenceInfo: { id: string; name: Label; types: string[]; maxBytes: number }[]; evidence: CaseEvidence[];
  timers: { what: 'due' | 'remind' | 'escalate' | 'answer'; at: string; fired: boolean; task: string | null; sentence: Label | null }[]; links: string[];
  supervision?: Supervision[]; maySupervise?: boolean; mayAnswer?: boolean; mayRevise?: boolean;
  mayPass: boolean; mayRate: boolean; definition: string | null; outdated: boolean;
}
export interface CaseResult { id: string; done: boolean; status: number; code: string | null; why: Label | null; case: Case | null }
export interface CasesOfValue { value: string | null; name: Label | null; cases: number; hours: number }
export interface CaseCount { type: string; state: string; cases: number; late: number }
export interface CaseType {
  id: string; name: Label; fields: FieldInfo[] | Record<string, Omit<FieldInfo, 'id'>>;
  states: { id: string; name: Label; within?: number | string | null; final?: boolean; calendar?: Label | null; remind?: number[]; escalation?: Label[] }[];
  transitions?: { id: string; name: Label; from?: string[]; to?: string; requires?: string[]; assigns?: boolean; commentRequired?: boolean }[];
  plan?: { id: string; name: Label; role: string; after: string[]; calendar?: Label | null }[]; checklist?: { id: string; name: Label }[]; evidence?: { id: string; name: Label }[];
}

export interface MaturityRow { item: string; status: 'done' | 'todo' | 'exempt'; reason: string | null; checked: boolean; lacks: string[] }
/** Whose working times hold at a place. */
export interface CalendarOwner { kind: 'party' | 'thing'; id: string }
/** A calendar as it holds for a party or thing; `owner` is null where it is as the pack declares, `own` says that it is the very place's. */
export interface PlaceCalendar { pack: string; calendar: string; name: Label; days: string[]; hours: { from: string; to: string }[]; holidays: string[]; workdays: string[]; zone: string | null; owner: CalendarOwner | null; ownerName: string | null; own: boolean; why: string | null; byName: string | null; at: string | null; version: number; mayChange: boolean }
export interface DeclaredShift { id: string; name: Label; from: string; to: string }
/** The shifts of a pack as they hold for a party or thing today, and the place's own changes, oldest first. */
export interface PlaceShifts { pack: string; shifts: DeclaredShift[]; declared: DeclaredShift[]; owner: CalendarOwner | null; ownerName: string | null; changes: { from: string; shifts: DeclaredShift[] | null; why: string; byName: string; at: string }[]; today: string; zone: string; version: number; mayChange: boolean }
export interface Pack { id: string; version: string; name: Label; description: Label; standards: string[]; counts: Record<string, number>; maturity: MaturityRow[]; enabledParties: string[] | number | null }

export interface Widget { widget: string; at: [number, number, number, number]; of?: string; indicators?: string[]; indicator?: string; groupBy?: string; state?: string; count?: number; property?: string; properties?: string[]; hours?: number; windows?: number; type?: string; title?: Label; total?: string; rest?: string; chart?: string; inspected?: string; subgroup?: number; every?: string; lower?: number; upper?: number; case?: string; field?: string; days?: number; incident?: string }
export interface View { id: string; pack: string; kind: 'overview' | 'board' | 'wall' | 'thing'; name: Label; type?: string | null; widgets: Widget[] }
export interface Progress { task: string; name: Label; done: number; total: number }
export interface Found { kind: 'thing' | 'case' | 'user' | 'view'; id: string; name: string | Label; detail: string | Label | null }

export interface FieldChange { field: string; from: string | null; to: string | null }
export interface ThingEntry { number: number; thing: string; version: number; at: string; actor: string; actorName: string | null; edit: string | null; deed: 'made' | 'changed' | 'removed' | 'takenBack'; fields: FieldChange[] }
export interface Edit {
  id: string; kind: 'import' | 'selection' | 'undo'; name: string; actor: string; actorName: string | null; at: string; state: 'running' | 'done' | 'interrupted' | 'undone';
  total: number; done: number; made: number; changed: number; takenBack: number; undoes: string | null; failures: { thing: string; code: string; detail: string }[];
}
export interface UndoAnswer { edit: Edit | null; takesBack: number; obstacles: { thing: string; name: string; code: string; detail: string }[] }
export interface ImportColumn { name: string; field: string | null }
export interface ImportItem { id: string; file: string; at: string; format: string; encoding: string | null; separator: string | null; columns: ImportColumn[]; rows: number; make: number; change: number; same: number; bad: number }
export type RowOutcome = 'make' | 'change' | 'same' | 'bad';
export interface ImportRow { row: number; id: string; name: string; outcome: RowOutcome; fields: FieldChange[]; faults: { column: string; value: string; expected: string }[] }
export interface SelectionAnswer { edit: Edit | null; items: { thing: string; name: string | null; outcome: 'change' | 'same' | 'refused'; code: string | null; detail: string | null; fields: FieldChange[] }[] }
export interface RelationKind { id: string; name: Label; back: Label }
export interface Relation { kind: string; name: Label; back: boolean; other: string; otherName: string; otherType: string }
export interface Outline { geometry: { type: 'Polygon'; coordinates: number[][][] } | { type: 'MultiPolygon'; coordinates: number[][][][] } }
export type NotificationKind = 'alarmRaised' | 'alarmCleared' | 'caseOpened' | 'caseAssigned' | 'caseDue' | 'caseOverdue' | 'caseEscalated' | 'caseSupervised' | 'caseAnswered' | 'caseAnswerOverdue' | 'caseClosed';
export interface Notice { id: string; kind: NotificationKind; severity: Severity; at: string; alarm: string | null; case: string | null; thing: string | null; thingName: string | null; party: string; region: string; subject: Label; body: Label }
export interface Notification extends Notice { notice: string; reachedAt: string | null; readAt: string | null; acknowledgedAt: string | null }
export interface CountedNotice extends Notice { told: number; reached: number; read: number; acknowledged: number }
export interface NoticeRecipient { user: string; name: string; reachedAt: string | null; readAt: string | null; acknowledgedAt: string | null; mailed: boolean }
export interface Interest { kinds: NotificationKind[]; severities: Severity[]; types: string[] }
export interface Subscription { interest: Interest; party: string | null; region: string | null; concern: 'mine' | 'duty' | 'all'; mail: boolean }
export interface NotificationSettings { mail: string | null; language: 'zh' | 'en'; zone: string | null; quiet: { from: string; to: string } | null; subscriptions: Subscription[]; mailOn: boolean; effectiveZone: string }
export interface Webhook { id: string; name: string; url: string; party: string; region: string; interest: Interest; disabled: boolean; createdAt: string; version: number }
export interface Delivery { id: string; message: string; channel: 'webhook' | 'mail'; target: string; targetName: string; kind: string; notice: string | null; state: 'waiting' | 'delivered' | 'dead'; attempts: number; createdAt: string; nextAt: string | null; finishedAt: string | null; error: string | null }
export interface TestAnswer { delivered: boolean; error: string | null }
export interface RotaShift { id: string; name: string; from: string; to: string; teams: string[][] }
export interface Rota { id: string; name: string; party: string; region: string; role: string; start: string; days: number; shifts: RotaShift[]; zone: string; version: number }
export interface Turn { rota: string; shift: string; shiftName: string; from: string; to: string; people: { id: string; name: string }[] }
/** Who has a rota's duty now, and who takes over. */
export interface Duty { rota: string; name: string; party: string; region: string; now: Turn[]; next: Turn | null }
export interface RotaChange { id: number; rota: string; from: string; to: string; person: string; instead: string | null; by: string }
