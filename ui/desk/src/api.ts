import type { Problem } from './api.gen';
import { t, word } from './words/index.svelte';

/** Failure is an answer that was not good: the server's code and sentence, or `net` where there was none. */
export class Failure extends Error {
  constructor(readonly status: number, readonly code: string, readonly detail: string) { super(detail || code); }
  /** said is the sentence for a person, in their language where the code has one. */
  get said() {
    if (this.code === 'net') return t.errNet;
    const known = word(`error_${this.code}`);
    if (known) return known;
    if (this.detail) return this.detail;
    return this.status === 403 ? t.errDenied : this.status === 404 ? t.errGone : this.status === 429 ? t.errLimited : t.err;
  }
}
export const said = (e: unknown) => (e instanceof Failure ? e.said : t.err);

let onSignedOut = () => {};
/** whenSignedOut is told once a session has ended, whichever call notices. */
export const whenSignedOut = (f: () => void) => { onSignedOut = f; };

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let r: Response;
  const file = body instanceof Blob;
  try {
    r = await fetch(`/api/${path}`, { method, headers: body === undefined ? {} : { 'Content-Type': file ? 'application/octet-stream' : 'application/json' }, body: body === undefined ? undefined : file ? body : JSON.stringify(body) });
  } catch {
    throw new Failure(0, 'net', '');
  }
  const text = await r.text();
  if (r.ok) return (text ? JSON.parse(text) : undefined) as T;
  let p: Partial<Problem> = {};
  try { p = JSON.parse(text); } catch { /* a proxy's page, not ours */ }
  if (r.status === 401 && path !== 'login' && path !== 'me') onSignedOut();
  // The title is the sentence in the reader's language; the detail is for operators, unless it names a field.
  // Where somebody was quicker, the detail names them, in the reader's language too.
  const named = p.code === 'taken' || p.code === 'leased';
  const fault = p.errors?.[0] ? `: ${p.errors[0].what}` : '';
  throw new Failure(r.status, p.code ?? '', ((named && p.detail) || (p.title ?? p.detail ?? '')) + fault);
}
export const get = <T>(path: string) => call<T>('GET', path);
export const post = <T = unknown>(path: string, body: unknown = {}) => call<T>('POST', path, body);
export const del = (path: string) => call<void>('DELETE', path);
export const put = <T = unknown>(path: string, body: unknown) => call<T>('PUT', path, body);

/** key makes a client's idempotency key; randomUUID exists on secure origins only. */
export function key() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
