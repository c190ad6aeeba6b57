import type { Applicant, Prefix, PrefixChange, PrefixState } from '../../../api/identifiers';

const natural = new Intl.Collator('en', { numeric: true });

/** What waits for me comes first, longest waiting before; then by number. */
export function waitingFirst(prefixes: Prefix[]): Prefix[] {
  const waits = (one: Prefix) => one.state === 'applied' && one.mayReview;
  return [...prefixes].sort((a, b) => Number(waits(b)) - Number(waits(a)) || (waits(a) ? a.applied.localeCompare(b.applied) : natural.compare(a.prefix, b.prefix)));
}

export const waitingCount = (prefixes: Prefix[]) => prefixes.filter((one) => one.state === 'applied' && one.mayReview).length;

export const steps = ['approve', 'refuse', 'suspend', 'resume', 'withdraw'] as const;
export type Step = (typeof steps)[number];

const from: Record<Step, PrefixState[]> = { approve: ['applied'], refuse: ['applied'], suspend: ['active'], resume: ['suspended'], withdraw: ['applied', 'active', 'suspended'] };

/** What takes something from somebody says why. */
export const needsWhy: ReadonlySet<Step> = new Set(['refuse', 'suspend', 'withdraw']);

/** The decisions that are open to the caller: its holder may only give it back. */
export function stepsOf(prefix: Pick<Prefix, 'state' | 'mayReview' | 'mayConfigure'>): Step[] {
  return steps.filter((step) => from[step].includes(prefix.state) && (prefix.mayReview || (step === 'withdraw' && prefix.mayConfigure)));
}

/** A change with what was before it. */
export interface Told { change: PrefixChange; before: PrefixChange | null }

/** Newest first, each beside the one before it. */
export function told(changes: PrefixChange[]): Told[] {
  return changes.map((change, at) => ({ change, before: changes[at - 1] ?? null })).reverse();
}

// GB 32100-2015, clause 4: the place of a character in this line is its value; annex A: weights are powers of 3, modulo 31.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a unified social credit code has the form, and the check character that GB 32100-2015 computes. */
export function isCreditCode(code: string): boolean {
  if (code.length !== 18) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    const value = alphabet.indexOf(character);
    if (value < 0) return false;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return code[17] === alphabet[(31 - (sum % 31)) % 31];
}

/** Papers as the server takes them: what was left empty is left out. */
export function papers(filled: Partial<Record<keyof Applicant, string>>): Applicant {
  const text = (value: string | undefined) => value?.trim() || null;
  return {
    organisation: filled.organisation?.trim() ?? '', creditCode: text(filled.creditCode), industry: text(filled.industry), contact: filled.contact?.trim() ?? '', phone: text(filled.phone),
    email: text(filled.email), purpose: filled.purpose?.trim() ?? '',
  };
}
