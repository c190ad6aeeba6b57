export type Direction = 'backward' | 'forward';

export interface TraceParty { id: string; name: string }
export interface TraceNode { id: string; depth: number; events: number; hidden: TraceParty[]; party: TraceParty | null; since: string | null; at: string | null; bizStep: string | null; disposition: string | null; bizLocation: string | null }
export interface TraceLink { from: string; to: string; kind: 'transformation' | 'aggregation' | 'association' | 'lot'; eventId: string; at: string; until: string | null; quantity: number | null; uom: string | null }
export interface TraceEvent { id: string; type: string; at: string; party: TraceParty; action: string | null; bizStep: string | null; disposition: string | null; readPoint: string | null; bizLocation: string | null; sensors: boolean }
export interface Trace { root: string; direction: Direction; nodes: TraceNode[]; links: TraceLink[]; events: TraceEvent[]; isCut: boolean }
