import { Failure, get, post, put, said } from '../api';
import type { EventView, Policy, TouchpointView } from '../api.gen';
import { t } from '../words/index.svelte';
import { live } from './live.svelte';
import { session } from './session.svelte';
import { toasts } from './toast.svelte';

let now = $state.raw<Policy | null>(null);
let failed = $state.raw(false);

async function load() {
  try { now = await get<Policy>('policy'); failed = false; session.topics(now.touchpoints); } catch { failed = true; }
}
const set = (tp: TouchpointView) => { if (now) { now = { ...now, touchpoints: now.touchpoints.map((x) => (x.id === tp.id ? tp : x)) }; session.topics(now.touchpoints); } };

export const policy = {
  get now() { return now; },
  get failed() { return failed; },
  load,
  /** change sends one change with the version that was seen; a quicker colleague's change wins and is shown. */
  async change(tp: TouchpointView, what: Partial<Pick<TouchpointView, 'level' | 'profile' | 'speed' | 'empathy'>>) {
    set({ ...tp, ...what });
    try {
      const next = await put<TouchpointView | undefined>(`policy/touchpoints/${tp.id}`, { ...what, version: tp.version });
      if (next?.id) set(next); else await load();
      toasts.say(t.changed, { tone: 'good' });
    } catch (e) {
      await load();
      toasts.bad(e instanceof Failure && e.code === 'stale_version' ? t.changedElse : said(e));
    }
  },
  /** raise gives the next level in one language and group, where the evidence is there. */
  async raise(tp: TouchpointView, group: string) {
    try { await post(`policy/touchpoints/${tp.id}/raise`, { group }); await load(); toasts.say(t.changed, { tone: 'good' }); } catch (e) { toasts.bad(said(e)); await load(); }
  },
  async pause(paused: boolean, touchpoint = '') {
    try {
      await post('policy/pause', touchpoint ? { paused, touchpoint } : { paused });
      if (touchpoint) { const tp = now?.touchpoints.find((x) => x.id === touchpoint); if (tp) set({ ...tp, paused }); } else session.paused(paused);
      toasts.say(paused ? t.pausedNow : t.resumedNow, { tone: 'good', action: { label: t.undo, run: () => void policy.pause(!paused, touchpoint) } });
    } catch (e) { toasts.bad(said(e)); }
  },
};
live.on('event', (e: EventView) => { if (e.kind === 'policy.changed') { if (now) void load(); void session.again().catch(() => {}); } });
