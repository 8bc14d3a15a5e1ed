import { Failure, get, post, said } from '../api';
import type { Claim, DraftPage, DraftStats, DraftView, EventView, MessageView } from '../api.gen';
import { units } from '../text/bytes';
import { guess } from '../text/diff';
import { go, route } from '../routes.svelte';
import { t, word } from '../words/index.svelte';
import { live } from './live.svelte';
import { session } from './session.svelte';
import { talk } from './talk.svelte';
import { toasts, undo } from './toast.svelte';

const codes = ['', 'tone', 'fact', 'promise', 'deflects', 'long', 'topic', 'other'];
let items = $state.raw<DraftView[]>([]);
let today = $state.raw<DraftStats | null>(null);
let ready = $state.raw(false), failed = $state.raw(false);
let current = $state.raw<DraftView | null>(null);
let text = $state.raw(''), editing = $state.raw(false), rejecting = $state.raw(false), busy = $state.raw(false);
let reasons = $state.raw<number[]>([]), touched = false;
let trap = $state.raw(''), holding = $state.raw(0);
let instruction = $state.raw(''), told = '';
let lease: ReturnType<typeof setInterval> | undefined, held: ReturnType<typeof setTimeout> | undefined;

const order = (list: DraftView[]) => [...list].sort((a, b) => a.due.localeCompare(b.due));
async function load() {
  try {
    const page = await get<DraftPage>('drafts');
    items = order(page.items); today = page.today; ready = true; failed = false;
    if (current && !items.some((d) => d.id === current!.id)) leave();
    if (!current && route.screen === 'queue') pick(items.find((d) => d.id === route.id)?.id ?? items[0]?.id ?? '');
  } catch { failed = true; }
}
function reset() { text = ''; editing = false; rejecting = false; reasons = []; touched = false; trap = ''; instruction = ''; }
function leave() {
  clearInterval(lease);
  if (current) void post(`drafts/${current.id}/release`).catch(() => {});
  current = null;
  reset();
}
async function open(id: string) {
  try {
    const d = await post<DraftView>(`drafts/${id}/open`);
    if (current?.id !== id) return;
    // A newer revision means that the customer wrote meanwhile: what was typed stays, what is shown is new.
    current = d;
    items = items.map((x) => (x.id === id ? d : x));
    if (!editing) text = d.text;
  } catch (e) {
    if (current?.id !== id) return;
    if (e instanceof Failure && e.code === 'leased') { if (told !== id) toasts.say(e.detail || t.leased); told = id; return; }
    if (e instanceof Failure && (e.status === 404 || e.status === 409)) { void load(); return; }
    toasts.bad(said(e));
  }
}
function pick(id: string) {
  if (current?.id === id) return;
  leave();
  current = items.find((d) => d.id === id) ?? null;
  if (!current) return;
  text = current.text; told = '';
  go('queue', id, true);
  void open(id);
  // The server gives a minute; half of it is left for a slow network.
  lease = setInterval(() => { if (!document.hidden) void open(id); }, 30_000);
}
/** next moves on after a decision: to the one that takes its place. */
function next(done: string) {
  const at = items.findIndex((d) => d.id === done);
  clearInterval(lease);
  current = null; reset();
  items = items.filter((d) => d.id !== done);
  const to = items[Math.min(at, items.length - 1)];
  if (to) pick(to.id); else go('queue', '', true);
}
const flagged = (d: DraftView | null): Claim | undefined => d?.claims?.find((c) => c.bad || !c.source);

// Approvals that are held, by message, with the toast that counts their seconds.
const underWay = new Map<string, number>();
async function takeBack(d: DraftView, message: string) {
  underWay.delete(message);
  try {
    await post(`conversations/${d.conversation}/cancel`, { message });
    toasts.say(t.approvalBack);
    await load();
    pick(d.id);
  } catch (e) { toasts.bad(said(e)); }
}

async function decide(path: string, body: Record<string, unknown>, good: string): Promise<boolean> {
  const d = current;
  if (!d || busy) return false;
  busy = true;
  try {
    const m = await post<MessageView | undefined>(`drafts/${d.id}/${path}`, body);
    // The server holds it; until then one press brings the draft back.
    const toast = m ? undo.held(m.held_until, t.approvedHeld, t.undo, () => void takeBack(d, m.id)) : 0;
    if (m && toast) underWay.set(m.id, toast);
    else toasts.say(good, { tone: 'good' });
    next(d.id);
    void load();
    return true;
  } catch (e) {
    const f = e instanceof Failure ? e : null;
    if (f?.code === 'trap_caught') { toasts.say(t.trapCaught, { tone: 'good', ms: 8000 }); next(d.id); }
    else if (f?.code === 'trap') trap = f.detail || t.trapHint;
    else if (f?.code === 'stale_rev') { toasts.bad(t.stale); await open(d.id); }
    else if (f?.code === 'leased') toasts.bad(f.detail || t.leased);
    else if (f?.code === 'blocked') toasts.bad(f.detail || t.blockedDraft);
    else { toasts.bad(said(e)); if (f?.status === 409) void open(d.id); }
    void load();
    return false;
  } finally { busy = false; }
}

export const review = {
  get items() { return items; },
  get today() { return today; },
  get ready() { return ready; },
  get failed() { return failed; },
  get current() { return current; },
  get text() { return text; },
  set text(x: string) { text = x; if (!touched && current) reasons = guess(current.text, x); },
  get editing() { return editing; },
  get rejecting() { return rejecting; },
  /** asking: the number keys answer "why" now. */
  get asking() { return rejecting || editing; },
  get busy() { return busy; },
  get reasons() { return reasons; },
  get trap() { return trap; },
  get holding() { return holding; },
  get instruction() { return instruction; },
  set instruction(x: string) { instruction = x; },
  get pace() { return !!today?.pace; },
  get changed() { return !!current && text.trim() !== current.text.trim(); },
  get flagged() { return flagged(current); },
  /** shut: nothing can be sent where the draft was written for, however it is edited. */
  get shut() { return current?.shut ?? ''; },
  get doubtful() { return !!current && (!!current.blocked || !!flagged(current)); },
  get blocked() { return review.doubtful || !!review.shut; },
  get fixable() { const c = current?.claims?.find((x) => x.bad && x.value); return c && text.includes(c.text) ? c : undefined; },
  get leasedByOther() { return current?.lease_by && !session.isMe(current.lease_by) ? current.lease_by : undefined; },
  load, pick, leave,
  step(by: number) { const at = items.findIndex((d) => d.id === current?.id); const to = items[(at + by + items.length) % items.length]; if (to) pick(to.id); },
  edit() { if (current) { editing = true; rejecting = false; } },
  stopEdit() { editing = false; rejecting = false; text = current?.text ?? ''; reasons = []; touched = false; },
  startReject() { rejecting = true; editing = false; reasons = []; touched = true; },
  toggleReason(n: number) {
    touched = true;
    reasons = rejecting ? [n] : reasons.includes(n) ? reasons.filter((x) => x !== n) : [...reasons, n].sort();
  },
  /** fix writes the verified value where the draft contradicts it. */
  fix() {
    const c = review.fixable, d = current;
    if (!c || !d) return;
    const at = units(d.text);
    review.edit();
    review.text = text === d.text ? d.text.slice(0, at(c.start)) + c.value + d.text.slice(at(c.end)) : text.replace(c.text, c.value);
  },
  /** approve sends it where it was written for, or to another place of the customer where that one is shut. */
  async approve(to = '') {
    if (!current || (!!current.shut && !to) || (!editing && review.doubtful)) return;
    const changed = editing && review.changed;
    await decide('approve', { seen_rev: current.rev, ...(to ? { thread: to } : {}), ...(changed ? { text: text.trim(), reasons: reasons.map((n) => codes[n]) } : {}) }, t.approved);
  },
  /** reject with an instruction asks the bot again; without one the conversation is the reviewer's. */
  async reject() {
    const d = current, how = instruction.trim();
    if (!d || !reasons.length) return;
    if (await decide('reject', { reason: codes[reasons[0]], ...(how ? { instruction: how } : {}) }, how ? t.rejected : t.taken) && !how) { leave(); go('inbox', d.conversation); }
  },
  /** hold approves after the key was held: too many quick approvals in a row ask for it. */
  hold(down: boolean) {
    clearTimeout(held);
    holding = 0;
    if (!down || review.blocked) return;
    holding = Date.now();
    held = setTimeout(() => { holding = 0; void review.approve(); }, 600);
  },
  async takeOver() {
    const d = current;
    if (!d) return;
    leave();
    go('inbox', d.conversation);
    talk.open(d.conversation);
    await talk.read();
    await talk.takeOver();
  },
};

// The customer or a colleague may be quicker than the held seconds: whoever approved is told.
live.on('event', (e: EventView) => {
  const toast = e.kind === 'message.changed' && e.subject ? underWay.get(e.subject) : undefined;
  if (toast === undefined) return;
  underWay.delete(e.subject!);
  if (e.code !== 'newer_message' && e.code !== 'owner_changed') return;
  toasts.drop(toast);
  toasts.bad(`${t.approvalHeld}: ${word(`problem_${e.code}`, e.code)}`);
});
let soon: ReturnType<typeof setTimeout> | undefined, again = false;
live.on('event', (e: EventView) => {
  // What a draft needs to be sent changes too: a customer opts out, a channel is cut off or connected again.
  const about = (e.kind === 'message.added' || e.kind === 'message.changed' || e.kind === 'conversation.changed') && items.some((d) => d.conversation === e.conversation);
  if (e.kind !== 'draft.added' && e.kind !== 'draft.changed' && e.kind !== 'account.changed' && !about) return;
  const mine = e.kind === 'account.changed' || e.conversation === current?.conversation;
  again ||= mine;
  soon ??= setTimeout(() => { soon = undefined; if (ready) void load(); if (current && again) void open(current.id); again = false; }, 120);
});
live.on('fresh', () => { if (ready) void load(); });
