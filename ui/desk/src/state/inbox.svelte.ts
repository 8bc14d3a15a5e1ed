import { get } from '../api';
import type { EventView, Page, Row } from '../api.gen';
import { session } from './session.svelte';
import { live } from './live.svelte';

export type View = 'needs_human' | 'mine' | 'promised' | 'team' | 'bot' | 'all' | 'closed';
export type Tab = 'me' | 'team' | 'all';
export interface Group { view: View | 'search'; rows: Row[]; total: number; more: boolean }

const tabs: Record<Tab, View[]> = { me: ['needs_human', 'mine', 'promised', 'bot'], team: ['needs_human', 'team'], all: ['all', 'closed'] };
// What I promised and do not have in hand: it comes back to me first.
const promised = (r: Row) => (r.owner === 'bot' || r.owner === 'closed') && !!r.promise_due && session.isMe(r.promised_by);
const belongs: Record<View, (r: Row) => boolean> = {
  needs_human: (r) => r.owner === 'queue',
  mine: (r) => r.owner === 'human' && session.isMe(r.agent),
  promised,
  team: (r) => r.owner === 'human',
  bot: (r) => r.owner === 'bot' && !(tab === 'me' && promised(r)),
  all: (r) => r.owner !== 'closed',
  closed: (r) => r.owner === 'closed',
};
const newest = (a: Row, b: Row) => (a.last_at < b.last_at ? 1 : a.last_at > b.last_at ? -1 : 0);
const soonest = (a: Row, b: Row) => (a.promise_due ?? '').localeCompare(b.promise_due ?? '');
const waiting = (a: Row, b: Row) => b.priority - a.priority || (a.wait_since ?? a.last_at).localeCompare(b.wait_since ?? b.last_at);

let rows = $state.raw(new Map<string, Row>());
let tab = $state.raw<Tab>('me');
let query = $state.raw('');
let found = $state.raw<Row[] | null>(null);
let failed = $state.raw(false);
let asked = $state.raw<Partial<Record<View, { next?: string; busy: boolean; done: boolean }>>>({});
const drafts = $state<Record<string, boolean>>({});

// Sorting follows the rows alone; a badge that changes must not sort ten thousand of them.
const sorted = $derived.by(() => {
  const all = [...rows.values()];
  return tabs[tab].map((view) => ({ view, rows: all.filter(belongs[view]).sort(view === 'needs_human' ? waiting : view === 'promised' ? soonest : newest) }));
});
const groups = $derived.by((): Group[] => {
  if (query) return [{ view: 'search', rows: found ?? [], total: found?.length ?? 0, more: false }];
  const counts = session.counts as unknown as Record<string, number>;
  const mine = sorted.find((g) => g.view === 'promised')?.rows.filter((r) => r.owner === 'bot').length ?? 0; // shown once, as promises
  return sorted.filter(({ view, rows: list }) => view !== 'promised' || list.length).map(({ view, rows: list }) => ({ view, rows: list, total: Math.max((counts[view] ?? 0) - (view === 'bot' ? mine : 0), list.length), more: !!asked[view]?.next }));
});
const flat = $derived(groups.flatMap((g) => g.rows));

async function load(view: View, after = '') {
  if (asked[view]?.busy) return;
  asked = { ...asked, [view]: { ...asked[view], busy: true, done: asked[view]?.done ?? false } };
  try {
    const page = await get<Page>(`conversations?view=${view}&limit=60${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    const next = new Map(rows);
    // A re-read is the truth of its first page: rows that left the view while we were away must not stay.
    if (!after) for (const [id, r] of rows) if (belongs[view](r) && !page.next) next.delete(id);
    for (const r of page.items) next.set(r.id, r);
    rows = next;
    session.counts = page.counts;
    asked = { ...asked, [view]: { next: page.next, busy: false, done: true } };
    failed = false;
  } catch {
    asked = { ...asked, [view]: { ...asked[view], busy: false, done: asked[view]?.done ?? false } };
    failed = true;
  }
}

let timer: ReturnType<typeof setTimeout>;
async function search(q: string) {
  try {
    const page = await get<Page>(`conversations?view=all&limit=60&q=${encodeURIComponent(q)}`);
    if (q === query) found = page.items;
  } catch { failed = true; }
}

// Events are gathered for one frame: a burst redraws the list once.
let waitingRows = new Map<string, Row>(), frame = 0;
function flush() {
  frame = 0;
  const next = new Map(rows);
  for (const r of waitingRows.values()) { const old = next.get(r.id); if (!old || r.rev >= old.rev) next.set(r.id, r); }
  waitingRows = new Map();
  rows = next;
}
/** drop takes a conversation off every list: it has become part of another. */
function drop(id: string) {
  waitingRows.delete(id);
  const next = new Map(rows);
  if (next.delete(id)) rows = next;
}
function put(r: Row) {
  waitingRows.set(r.id, r);
  frame ||= requestAnimationFrame(flush);
  if (document.hidden) { cancelAnimationFrame(frame); flush(); }
}

export const inbox = {
  get tab() { return tab; },
  set tab(x: Tab) { tab = x; query = ''; for (const v of tabs[x]) if (!asked[v]?.done) void load(v); },
  get groups() { return groups; },
  get flat() { return flat; },
  get failed() { return failed; },
  get ready() { return query ? found !== null : tabs[tab].every((v) => asked[v]?.done); },
  get query() { return query; },
  set query(q: string) {
    query = q;
    clearTimeout(timer);
    if (!q) found = null; else timer = setTimeout(() => search(q.trim()), 140);
  },
  row: (id: string) => rows.get(id) ?? found?.find((r) => r.id === id),
  put,
  all: () => rows,
  more(view: Group['view']) { if (view !== 'search') { const a = asked[view]; if (a?.next && !a.busy) void load(view, a.next); } },
  /** refresh reads what the tab shows again; old rows stay until the new ones are here. */
  refresh() { for (const v of new Set<View>([...tabs[tab], ...(Object.keys(asked) as View[])])) void load(v); },
  drafts,
};

live.on('event', (e: EventView) => {
  if (e.kind === 'conversation.changed' && e.code === 'merged' && e.conversation) drop(e.conversation);
  else if (e.row) put(e.row);
  if (e.counts) session.counts = e.counts;
});
live.on('fresh', () => inbox.refresh());
