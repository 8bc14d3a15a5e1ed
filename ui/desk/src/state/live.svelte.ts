import { stream, type Event } from '../../../shared/sse';
import type { EventView, Person } from '../api.gen';
import workerUrl from '../live.worker.ts?sharedworker&url';

export type Ephemeral = { viewers: { conversation: string; people: Person[] }; typing: { conversation: string; who: string }; reset: unknown };
type Handlers = { event: ((e: EventView) => void)[]; viewers: ((v: Ephemeral['viewers']) => void)[]; typing: ((v: Ephemeral['typing']) => void)[]; fresh: (() => void)[]; denied: (() => void)[] };
const on: Handlers = { event: [], viewers: [], typing: [], fresh: [], denied: [] };

let up = $state.raw(false), since = $state.raw(Date.now()), wasUp = false, seen = 0;
// A cut line keeps a stream silent for most of a minute before it counts as dead; the browser knows at once.
let cut = $state(!navigator.onLine);

function take(e: Event) {
  if (e.event === 'ping') return;
  if (e.event === 'hello') return on.fresh.forEach((f) => f());
  if (e.event === 'reset') { seen = 0; return on.fresh.forEach((f) => f()); }
  const data = e.data ? JSON.parse(e.data) : {};
  if (e.event === 'viewers') return on.viewers.forEach((f) => f(data));
  if (e.event === 'typing') return on.typing.forEach((f) => f(data));
  // A resumed stream may repeat the edge; what was seen is not applied twice.
  if (data.seq && data.seq <= seen) return;
  if (data.seq) seen = data.seq;
  on.event.forEach((f) => f(data));
}
function set(s: string) {
  const next = s === 'up';
  if (s === 'denied') on.denied.forEach((f) => f());
  if (next !== up) { up = next; since = Date.now(); }
  wasUp ||= next;
}

// The desk's own policy names the one script address it makes: the worker built from this source.
const policy = (globalThis as { trustedTypes?: { createPolicy(n: string, o: object): { createScriptURL(s: string): string } } }).trustedTypes?.createPolicy('tandem', { createScriptURL: (s: string) => s });

let kick = () => {}, close = () => {};
export const live = {
  get up() { return up && !cut; },
  /** lost is true once the stream has been away long enough to tell. */
  lost: (now: number) => wasUp && (cut || (!up && now - since > 2000)),
  on<K extends keyof Handlers>(what: K, f: Handlers[K][number]) { (on[what] as unknown[]).push(f); },
  start() {
    close();
    seen = 0;
    if ('SharedWorker' in globalThis) {
      const w = new SharedWorker((policy?.createScriptURL(workerUrl) ?? workerUrl) as string, { type: 'module', name: 'tandem' });
      w.port.onmessage = (m: MessageEvent<{ e?: Event; state?: string; joined?: boolean }>) => {
        if (m.data.e) take(m.data.e);
        if (m.data.state) set(m.data.state);
      };
      kick = () => w.port.postMessage('kick');
      close = () => { w.port.postMessage('bye'); w.port.close(); };
      addEventListener('pagehide', () => w.port.postMessage('bye'));
      addEventListener('pageshow', (e) => { if (e.persisted) live.start(); });
    } else {
      const s = stream({ url: '/api/events', on: take, state: set });
      kick = s.kick;
      close = s.close;
    }
  },
  stop() { close(); close = kick = () => {}; up = false; wasUp = false; },
};
addEventListener('offline', () => { cut = true; });
addEventListener('online', () => { cut = false; kick(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden) kick(); });
