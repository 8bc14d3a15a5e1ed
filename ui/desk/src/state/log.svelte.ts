import { get, post, said } from '../api';
import type { Decision, LogLine, LogPage } from '../api.gen';
import { route } from '../routes.svelte';
import { live } from './live.svelte';
import { toasts } from './toast.svelte';

let items = $state.raw<LogLine[]>([]), next = $state.raw(''), ready = $state.raw(false), failed = $state.raw(false);
let one = $state.raw<Decision | null>(null), replayed = $state.raw<{ id: string; same: boolean; decision: Decision } | null>(null), busy = $state.raw(false);

async function load(after = '') {
  try {
    const page = await get<LogPage>(`decisions${after ? `?after=${encodeURIComponent(after)}` : ''}`);
    const known = new Set(after ? items.map((x) => x.id) : []);
    items = after ? [...items, ...page.items.filter((x) => !known.has(x.id))] : page.items;
    next = page.next ?? ''; ready = true; failed = false;
  } catch { failed = true; }
}
export const log = {
  get items() { return items; }, get next() { return next; }, get ready() { return ready; }, get failed() { return failed; },
  get one() { return one; }, get busy() { return busy; },
  get replayed() { return replayed && replayed.id === one?.id ? replayed : null; },
  load,
  async open(id: string) { if (one?.id === id) return; try { const d = await get<Decision>(`decisions/${id}`); if (route.id === id) one = d; } catch (e) { toasts.bad(said(e)); } },
  async replay() {
    const d = one;
    if (!d || busy) return;
    busy = true;
    try { const r = await post<{ same: boolean; decision: Decision }>(`decisions/${d.id}/replay`); replayed = { id: d.id, ...r }; } catch (e) { toasts.bad(said(e)); } finally { busy = false; }
  },
};
let soon: ReturnType<typeof setTimeout> | undefined;
live.on('event', (e) => { if (e.kind === 'decision.made' && route.screen === 'log' && ready && items.length <= 60) soon ??= setTimeout(() => { soon = undefined; void load(); }, 800); });
