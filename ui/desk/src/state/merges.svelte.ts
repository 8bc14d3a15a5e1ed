import { get, post, said } from '../api';
import type { CustomerView, EventView, MergeView, Merges, ProposalView } from '../api.gen';
import { t } from '../words/index.svelte';
import { live } from './live.svelte';
import { talk } from './talk.svelte';
import { toasts, undo } from './toast.svelte';

// Whether the open customer is, or was made, one person with another. People decide; what they decide
// can be undone.
const none: Merges = { merges: [], proposals: [] };
let of = '';
let now = $state.raw<Merges>(none);
let busy = $state.raw(false);

async function read() {
  const want = of;
  if (!want) return;
  try { const m = await get<Merges>(`merges?customer=${encodeURIComponent(want)}`); if (want === of) now = m; } catch { /* the rest of the panel does not wait for it */ }
}
/** decide sends one decision and reads what has become of it; false says that it was refused. */
async function decide<T>(path: string, body: unknown = {}): Promise<T | false> {
  if (busy) return false;
  busy = true;
  try { return (await post<T | undefined>(path, body)) ?? ({} as T); } catch (e) { toasts.bad(said(e)); return false; } finally { busy = false; void read(); void talk.read(); }
}

export const merges = {
  get proposals() { return now.proposals; },
  get inForce() { return now.merges.filter((m) => !m.undone_at); },
  get busy() { return busy; },
  follow(customer: string) { if (customer === of) return; of = customer; now = none; void read(); },
  async same(p: ProposalView) {
    const done = await decide<{ id: string }>(`proposals/${p.id}`, { yes: true });
    if (!done) return;
    const back = () => void merges.split(done.id);
    undo.offer(back, 10_000);
    toasts.say(t.mergedNow, { tone: 'good', action: { label: t.undo, run: back }, ms: 10_000 });
  },
  async other(p: ProposalView) { if (await decide(`proposals/${p.id}`, { yes: false })) toasts.say(t.otherNow); },
  /** erase takes out all that is known of a customer, for good. */
  async erase(id: CustomerView['id']) { if (await decide(`customers/${id}/erase`)) toasts.say(t.erasedNow, { tone: 'good' }); },
  async split(id: MergeView['id']) { if (await decide(`merges/${id}/split`)) toasts.say(t.splitNow, { tone: 'good' }); },
};

live.on('event', (e: EventView) => {
  const d = e.data ?? {}, about = of && [d.kept, d.gone, d.a, d.b].includes(of);
  if (about && (e.kind === 'customer.merged' || e.kind === 'customer.split' || e.kind === 'customer.changed')) void read();
});
live.on('fresh', () => void read());
