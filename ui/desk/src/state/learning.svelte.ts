import { del, get, post, put, said } from '../api';
import type { Added, EventView, ExampleFile, ExampleState, ExampleView, Examples, Learning, MoodName, Reading, WordSide } from '../api.gen';
import { route } from '../routes.svelte';
import { t } from '../words/index.svelte';
import { live } from './live.svelte';
import { session } from './session.svelte';
import { toasts } from './toast.svelte';

export interface Change { touchpoint?: string; mood?: MoodName; human?: boolean; text?: string; state?: 'approved' | 'rejected' | 'label' }

let now = $state.raw<Learning | null>(null), failed = $state.raw(false), busy = $state.raw(false);
let lists = $state.raw<Partial<Record<ExampleState, ExampleView[]>>>({});
let at = $state.raw(0), mood = $state.raw<MoodName>(''), human = $state.raw<boolean | null>(null), find = $state.raw('');

const week = () => lists.suggested ?? [];
async function load() { try { now = await get<Learning>('learning'); failed = false; } catch { failed = true; } }
// Answers may overtake one another: of each list only the one that was asked for last counts.
const asked: Partial<Record<ExampleState, number>> = {};
const ask = (state: ExampleState) => (asked[state] = (asked[state] ?? 0) + 1);
async function list(state: ExampleState) {
  const nth = ask(state);
  try {
    const q = state === 'approved' && find ? `&q=${encodeURIComponent(find)}` : '';
    const { items } = await get<Examples>(`learning/examples?state=${state}&limit=200${q}`);
    if (nth !== asked[state]) return;
    lists = { ...lists, [state]: items };
    if (state === 'suggested') at = Math.min(at, Math.max(0, items.length - 1));
  } catch { failed = true; }
}
/** act does something and tells how it went; a second press while it is under way does nothing. */
async function act(what: () => Promise<unknown>, ok = '') {
  if (busy) return false;
  busy = true;
  try { await what(); if (ok) toasts.say(ok, { tone: 'good' }); return true; } catch (e) { toasts.bad(said(e)); return false; } finally { busy = false; void load(); }
}
function point(to: number) { at = Math.max(0, Math.min(week().length - 1, to)); mood = ''; human = null; }

export const learning = {
  get now() { return now; }, get failed() { return failed; }, get busy() { return busy; },
  get current() { return week()[at]; }, get at() { return at; }, get week() { return week(); },
  get mood(): MoodName { return mood || (week()[at]?.mood ?? ''); }, set mood(m: MoodName) { mood = m; },
  get human() { return human ?? week()[at]?.human ?? false; }, set human(x: boolean) { human = x; },
  get find() { return find; }, set find(x: string) { find = x; void list('approved'); },
  of: (state: ExampleState) => lists[state],
  load, list,
  judges: () => session.can('learning.judge'),
  step(by: number) { point(at + by); },
  /** label says what the message on top of the week's list is about, and goes to the next. */
  async label(touchpoint: string) {
    const e = week()[at];
    if (!e) return;
    const change: Change = { touchpoint, state: 'label', human: learning.human, ...(learning.mood ? { mood: learning.mood } : {}) };
    if (await act(() => put(`learning/examples/${e.id}`, change), learning.judges() ? t.learnLabelled : t.learnLabelWaits)) { ask('suggested'); lists = { ...lists, suggested: week().filter((x) => x.id !== e.id) }; point(at); }
  },
  skip() { point(at + 1 < week().length ? at + 1 : 0); },
  judge: async (e: ExampleView, change: Change, ok: string) => { if (await act(() => put(`learning/examples/${e.id}`, change), ok)) await list(e.state); },
  async approveAll(all: ExampleView[]) {
    await act(async () => { for (const e of all) await put(`learning/examples/${e.id}`, { state: 'approved' }); }, t.learnApproved);
    await list('waiting');
  },
  async add(text: string, touchpoint: string, m: MoodName) {
    let r: Added | undefined;
    const ok = await act(async () => { r = await post<Added>('learning/examples', { text, touchpoint, ...(m ? { mood: m } : {}) }); });
    if (ok && r) toasts.say(r.added ? (learning.judges() ? t.learnAdded(1) : t.learnLabelWaits) : t.learnKnown, { tone: 'good' });
    await list('approved');
    return ok;
  },
  /** read sends a file in parts that a request may carry, each with the header. */
  async read(file: File) {
    const [header, ...rest] = (await file.text()).replace(/^\ufeff/, '').split(/\r?\n/).filter((l) => l.trim());
    let added = 0;
    const ok = await act(async () => { for (let i = 0; i < Math.max(rest.length, 1); i += 500) added += (await post<Added>('learning/import', { file: [header ?? '', ...rest.slice(i, i + 500)].join('\n') })).added; });
    if (ok) toasts.say(t.learnAdded(added), { tone: 'good' });
    await list('approved');
  },
  async save() {
    await act(async () => {
      const f = await get<ExampleFile>('learning/export'), a = document.createElement('a');
      a.href = URL.createObjectURL(new Blob([f.file], { type: 'text/tab-separated-values' }));
      a.download = f.name;
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 1000);
    });
  },
  train: () => act(() => post('learning/train'), t.learnAsked),
  use: (number: number) => act(() => post('learning/use', { number }), t.learnUsedNow),
  refresh: () => act(() => post('learning/weekly'), t.learnRefreshed),
  addWord: (pattern: string, side: WordSide) => act(() => post('learning/words', { pattern, side })),
  dropWord: (id: string) => act(() => del(`learning/words/${id}`)),
  async attempt(text: string) { try { return await post<Reading>('learning/try', { text }); } catch (e) { toasts.bad(said(e)); return null; } },
};

let soon: ReturnType<typeof setTimeout> | undefined;
live.on('event', (e: EventView) => {
  const mine = e.kind === 'example.changed' || e.kind === 'model.changed' || (e.kind === 'policy.changed' && e.code === 'word');
  if (mine && route.screen === 'learning' && now) soon ??= setTimeout(() => { soon = undefined; void load(); for (const s of Object.keys(lists) as ExampleState[]) void list(s); }, 400);
});
