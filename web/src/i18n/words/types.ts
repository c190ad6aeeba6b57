/** By key: Chinese first, then English. */
export type Words = Record<string, readonly [zh: string, en: string]>;
