import type { Label } from './types';

/** What the server said when it would not do something (RFC 9457), or that it could not be reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string | null = null,
    readonly errors: Record<string, string[]> | string[] | null = null,
    readonly retryAfter: number | null = null,
    readonly label: Label | null = null,
  ) {
    super(title);
    this.name = 'Problem';
  }
}

export function toProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, 'unreachable', error instanceof Error ? error.message : String(error));
}
