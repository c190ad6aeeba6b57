/** The shapes of the ledger. Times are RFC 3339 in UTC. */

export interface Cosigned { size: number; checkpoint: string; cosignatures: { name: string; at: string }[] }
export interface LedgerWitness { name: string; key: string; size: number; cosignedAt: string | null; failing: boolean }
export interface Ledger {
  origin: string; key: string; size: number; root: string; waiting: number; checkpoint: string; public: boolean; cosigned: Cosigned | null; witnesses: LedgerWitness[]; witnessKeys: string[]; mayConfigure: boolean;
}
/** As the operator sees it: where it is asked, and why it did not cosign. */
export interface Witness { name: string; url: string; key: string; size: number; cosignedAt: string | null; askedAt: string | null; fault: string | null }
/** A log of another node that this server witnesses. */
export interface WatchedLog { name: string; origin: string; key: string; size: number | null; cosignedAt: string | null }
export interface LedgerProof { source: string; sequence: number; leaf: number; entry: string; proof: string; key: string }
