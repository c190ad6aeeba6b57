import type { HandleAnswer } from '../../../api/identifiers';
import { Problem } from '../../../api/problem';

export type Resolved = { is: 'found'; answer: HandleAnswer } | { is: 'missing' | 'wrong' | 'signin' | 'failed' };

/** Response codes of the Handle protocol (RFC 3652, section 2.2.2.3). */
const codes = { success: 1, notFound: 100, invalid: 102, valuesNotFound: 200 } as const;

/** What an answer of the resolver means to a person. */
export function meaningOf(status: number, answer: Partial<HandleAnswer> | null): Resolved {
  if (status === 401) return { is: 'signin' };
  switch (answer?.responseCode) {
    case codes.success: return { is: 'found', answer: { responseCode: codes.success, handle: answer.handle ?? '', values: answer.values ?? [] } };
    case codes.notFound: case codes.valuesNotFound: return { is: 'missing' };
    case codes.invalid: return { is: 'wrong' };
    default: return { is: 'failed' };
  }
}

/** The identifier as the address holds it, percent-encoded as it came. */
export const targetOf = (pathname: string) => pathname.replace(/^\/id\//, '');

export function nameOf(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch (error) {
    if (error instanceof URIError) return target;
    throw error;
  }
}

/** Asks without the console's ways: nobody needs to be signed in, and nobody is signed out by the answer. */
export async function resolve(target: string, search: string, signal: AbortSignal): Promise<Resolved> {
  let response: Response;
  try {
    response = await fetch(`/api/handles/${target}${search}`, { headers: { Accept: 'application/json' }, credentials: 'same-origin', signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable', 'The server cannot be reached.');
  }
  const json = response.headers.get('Content-Type')?.includes('json') === true;
  return meaningOf(response.status, json ? ((await response.json()) as Partial<HandleAnswer>) : null);
}
