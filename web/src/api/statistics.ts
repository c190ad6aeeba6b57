/** The shapes of figures over parties that agreed to be counted. */
export type Measure = 'events' | 'yield' | 'lead-time';
export type Grouping = 'party' | 'product' | 'month' | 'bizStep';

/** `key` is the id of the party, the product class, the month as `2026-11`, or the address of the step; `value` a count, a part of 1, or days. */
export interface StatisticsGroup { key: string; name: string; objects: number; value: number }
/** `refused` counts the smallest units that had fewer objects than `minimum`, and count nowhere. */
export interface SharedStatistics { minimum: number; groups: StatisticsGroup[]; refused: number }
