import type { Label } from './types';

export type Direction = 'backward' | 'forward';

export interface TraceParty { id: string; name: string }
export interface TraceNode { id: string; depth: number; events: number; hidden: TraceParty[]; party: TraceParty | null; since: string | null; at: string | null; bizStep: string | null; disposition: string | null; bizLocation: string | null }
export interface TraceLink { from: string; to: string; kind: 'transformation' | 'aggregation' | 'association' | 'lot'; eventId: string; at: string; until: string | null; quantity: number | null; uom: string | null }
export interface TraceEvent { id: string; type: string; at: string; party: TraceParty; action: string | null; bizStep: string | null; disposition: string | null; readPoint: string | null; bizLocation: string | null; sensors: boolean }
export interface Trace { root: string; direction: Direction; nodes: TraceNode[]; links: TraceLink[]; events: TraceEvent[]; isCut: boolean; places: TracePlace[] }
/** A place of the events as master data know it; without a position where nobody said one. */
export interface TracePlace { id: string; name: string | null; lat: number | null; lon: number | null; party: string }

/** Something that several objects come from: how many of those that were asked about, and of those that they are compared with. */
export interface CommonOrigin { id: string; of: number; ofOthers: number; depth: number; party: TraceParty | null; since: string | null; madeBy: TraceEvent | null; hidden: TraceParty[] }
export interface CommonOrigins { asked: number; others: number; items: CommonOrigin[]; isCut: boolean }

/** An event as the repository tells it (EPCIS 2.0). */
export interface Quantity { epcClass: string; quantity?: number; uom?: string }
export interface SensorReport {
  type?: string; exception?: string; deviceID?: string; time?: string; value?: number; stringValue?: string; booleanValue?: boolean; hexBinaryValue?: string; uriValue?: string;
  minValue?: number; maxValue?: number; meanValue?: number; sDev?: number; uom?: string;
}
export interface SensorElement { sensorMetadata?: { time?: string; startTime?: string; endTime?: string; deviceID?: string }; sensorReport: SensorReport[] }
export interface EpcisEvent {
  type: string; eventID: string; eventTime: string; recordTime?: string; eventTimeZoneOffset: string; action?: string; bizStep?: string; disposition?: string; readPoint?: { id: string }; bizLocation?: { id: string };
  epcList?: string[]; quantityList?: Quantity[]; parentID?: string; childEPCs?: string[]; childQuantityList?: Quantity[]; inputEPCList?: string[]; inputQuantityList?: Quantity[]; outputEPCList?: string[]; outputQuantityList?: Quantity[];
  bizTransactionList?: { type?: string; bizTransaction: string }[]; sourceList?: { type: string; source: string }[]; destinationList?: { type: string; destination: string }[];
  persistentDisposition?: { set?: string[]; unset?: string[] }; sensorElementList?: SensorElement[]; certificationInfo?: string | string[]; ilmd?: Record<string, unknown>;
  errorDeclaration?: { declarationTime: string; reason?: string; correctiveEventIDs?: string[] };
}
export interface EventAnswer { epcisBody: { queryResults: { resultsBody: { eventList: (EpcisEvent & Record<string, unknown>)[] } } } }

/** What the machine of an event reported while it happened; points are time, mean, least and greatest value. */
export interface EventReadings { thing: { id: string; name: string; type: string } | null; from: string; to: string; series: { property: string; name: Label; unit: string | null; points: [number, number, number, number][] }[] }

/** A member of an event, and when, by whom and why it was erased. */
export interface MemberErasure { name: string; at: string; by: string; byName: string; reason: string }
export interface EventMember { name: string; erased: MemberErasure | null }
export interface ErasableEvent { mayErase: boolean; members: EventMember[] }
/** The id that is left: another where its own was the hash of the content; null where all was erased. */
export interface FactErased { eventId: string | null }
