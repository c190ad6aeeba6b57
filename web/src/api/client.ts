import { Problem } from './problem';
import type { Label } from './types';

export type Query = Record<string, string | number | boolean | null | undefined>;
export interface Options { query?: Query; body?: unknown; file?: Blob; form?: FormData; headers?: Record<string, string>; signal?: AbortSignal }

/** Told when the server no longer knows who is asking. */
export const signedOut = new EventTarget();

export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

export function segment(id: string): string {
  return encodeURIComponent(id);
}

async function refusal(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After') ?? '');
  const after = Number.isFinite(retry) && retry > 0 ? retry : null;
  try {
    const body = (await response.json()) as { code?: string; title?: string; detail?: string; errors?: Record<string, string[]>; label?: Label };
    return new Problem(response.status, body.code ?? `http-${response.status}`, body.title ?? response.statusText, body.detail ?? null, body.errors ?? null, after, body.label ?? null);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new Problem(response.status, `http-${response.status}`, response.statusText, null, null, after);
  }
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (method !== 'GET') headers['X-Jingwei'] = '1';
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(address(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.form ?? options.file ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'unreachable', 'The server cannot be reached.');
  }
}

export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const problem = await refusal(response);
    if (problem.status === 401 && path !== '/api/login' && path !== '/api/me') signedOut.dispatchEvent(new Event('signed-out'));
    throw problem;
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Reads an answer of one JSON value a line, each as soon as it is there. */
export async function lines<T>(path: string, body: unknown, onLine: (line: T) => void, signal: AbortSignal): Promise<void> {
  const response = await send('POST', path, { body, signal });
  if (!response.ok) throw await refusal(response);
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) onLine(JSON.parse(part) as T);
  }
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { query, signal });
export const post = <T>(path: string, body?: unknown, headers?: Record<string, string>) => request<T>('POST', path, { body: body ?? {}, headers });
export const put = (path: string) => request<undefined>('PUT', path);
export const upload = <T>(path: string, file: Blob, query?: Query) => request<T>('POST', path, { file, query, headers: { 'Content-Type': 'application/octet-stream' } });
export const sendForm = <T>(path: string, form: FormData, query?: Query, headers?: Record<string, string>) => request<T>('POST', path, { form, query, headers });
export const patch = <T>(path: string, body: unknown, headers?: Record<string, string>) => request<T>('PATCH', path, { body, headers });
export const remove = (path: string) => request<undefined>('DELETE', path);
