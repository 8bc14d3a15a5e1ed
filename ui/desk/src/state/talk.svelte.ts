import { get, post, Failure, said } from '../api';
import type { ConversationView, EventView, MessageView, Person } from '../api.gen';
import { go, route } from '../routes.svelte';
import { arrived, earlierThan } from '../thread/order';
import { t } from '../words/index.svelte';
import { inbox } from './inbox.svelte';
import { live, type Ephemeral } from './live.svelte';
import { session } from './session.svelte';
import { toasts } from './toast.svelte';

// The conversation that is open. What was read before stays in `kept`, so going back to it is instant.
const kept = new Map<string, ConversationView>();
let id = $state.raw('');
let view = $state.raw<ConversationView | null>(null);
let failed = $state.raw('');
let viewers = $state.raw<Person[]>([]);
let typing = $state.raw<{ who: string; until: number } | null>(null);
let cardOpen = $state.raw<boolean | null>(null);
// A merge or a split puts messages between those that are shown: then the answer counts as it is.
let whole = false;

// Messages that came with a merge have higher numbers than their place tells: the newest is the highest.
const last = (list: MessageView[]) => Math.max(0, ...list.filter((m) => m.origin === 'customer').map((m) => m.seq));
function show(v: ConversationView, asIs = false) {
  // A slow answer must not undo what an event has shown since.
  if (view && view.id === v.id && v.rev < view.rev && v.epoch <= view.epoch) return;
  if (!asIs && view?.id === v.id && v.earlier && view.messages.length > v.messages.length) {
    const past = earlierThan(view.messages, v.messages);
    if (past.length) v = { ...v, messages: [...past, ...v.messages], earlier: view.earlier };
  }
  kept.delete(v.id);
  kept.set(v.id, v);
  if (kept.size > 40) kept.delete(kept.keys().next().value!);
  if (v.id === id) { view = v; viewers = v.viewers ?? []; failed = ''; }
}

// Answers may overtake one another: one that was asked for before what is shown says nothing new.
let asked = 0, newest = 0;
async function read() {
  const want = id, asIs = whole, nth = ++asked;
  if (!want) return;
  try {
    const v = await get<ConversationView>(`conversations/${want}`);
    if (want !== id || nth < newest) return;
    newest = nth;
    if (v.id !== want) { kept.set(v.id, v); return goOn(want, v.id); }
    show(v, asIs);
    if (asIs) whole = false;
  } catch (e) { if (want === id && !view) failed = said(e); }
}
/** goOn leaves a conversation that has become part of another for that one. */
function goOn(from: string, to: string) {
  kept.delete(from);
  if (from !== id) return;
  moved.forEach((f) => f(from, to));
  if (route.screen === 'inbox' && route.id === from) go('inbox', to, true);
  talk.open(to);
}
const moved: ((from: string, to: string) => void)[] = [];

let soon: ReturnType<typeof setTimeout> | undefined;
const again = () => { soon ??= setTimeout(() => { soon = undefined; void read(); }, 80); };
const seen = () => { if (id && !document.hidden) void post(`conversations/${id}/seen`).catch(() => {}); };

function merge(m: MessageView) {
  if (!view) return;
  const messages = arrived(view.messages, m, view.earlier);
  show({ ...view, messages, seq: Math.max(view.seq, m.seq) });
}

/** act does one thing to the open conversation and shows the answer, or says why it was refused. */
async function act(path: string, body: unknown = {}): Promise<boolean> {
  const of = id;
  try {
    const v = await post<ConversationView | undefined>(`conversations/${of}/${path}`, body);
    if (v && 'messages' in v && of === id) { show(v); inbox.put(v); } else if (of === id) again();
    return true;
  } catch (e) {
    toasts.bad(said(e));
    if (of === id) again();
    return false;
  }
}

export const talk = {
  get id() { return id; },
  get view() { return view; },
  get failed() { return failed; },
  get viewers() { return viewers.filter((p) => !session.isMe(p)); },
  get typing() { return typing; },
  get mine() { return view?.owner === 'human' && session.isMe(view.agent); },
  get lastAsked() { return view ? last(view.messages) : 0; },
  get cardOpen() { return cardOpen ?? !talk.mine; },
  set cardOpen(x: boolean) { cardOpen = x; },
  open(next: string) {
    if (next === id) return;
    id = next;
    view = kept.get(next) ?? null;
    viewers = view?.viewers ?? [];
    failed = '';
    typing = null;
    cardOpen = null;
    whole = false;
    if (!next) return;
    void read().then(seen);
  },
  read, merge, act, seen,
  /** onMoved is told which conversation the open one goes on in. */
  onMoved(f: (from: string, to: string) => void) { moved.push(f); },

  async earlier() {
    const v = view;
    if (!v?.earlier) return;
    const page = await get<{ messages: MessageView[]; earlier: boolean }>(`conversations/${v.id}/messages?before=${v.messages[0].seq}`);
    if (view?.id === v.id) view = { ...view, messages: [...page.messages, ...view.messages], earlier: page.earlier };
  },
  /** takeOver is one atomic claim; the screen moves at once and back if somebody was quicker. */
  async takeOver(): Promise<boolean> {
    const v = view, me = session.me?.user;
    if (!v || !me || talk.mine) return !!v;
    view = { ...v, owner: 'human', agent: me };
    try {
      const next = await post<ConversationView>(`conversations/${v.id}/takeover`, { epoch: v.epoch });
      if (next?.id) { if (id === v.id) view = v; show(next); inbox.put(next); } else again();
      return true;
    } catch (e) {
      if (id === v.id) view = v;
      const f = e instanceof Failure ? e : null;
      toasts.bad(f?.code === 'taken' ? (f.detail ? f.detail : t.takenElse) : said(e));
      again();
      return false;
    }
  },
  retry: (message: string) => act('retry', { message }),
  keep: async (promise: string) => { try { await post(`promises/${promise}/keep`); again(); } catch (e) { toasts.bad(said(e)); } },
  cancel: async (message: string): Promise<boolean> => {
    try { await post(`conversations/${id}/cancel`, { message }); again(); return true; } catch { toasts.bad(t.tooLate); return false; }
  },
};

const deep = new Set(['owner.changed', 'alert.raised', 'alert.widened', 'window.closing', 'card.changed', 'card.worded', 'draft.added', 'draft.changed', 'note.added', 'action.added', 'action.changed', 'promise.added', 'promise.changed', 'decision.made', 'conversation.changed', 'customer.changed', 'customer.merged', 'customer.split']);
live.on('event', (e: EventView) => {
  if (e.kind === 'account.changed') { kept.clear(); again(); } // what can be sent where
  if (!e.conversation) return;
  if (e.kind === 'conversation.changed' && e.code === 'merged' && e.subject) { kept.delete(e.conversation); kept.delete(e.subject); return again(); }
  if (e.kind === 'customer.merged' || e.kind === 'customer.split') { kept.clear(); whole = true; }
  if (e.conversation !== id) { if (e.kind !== 'message.changed') kept.delete(e.conversation); return; }
  if (e.row && view && e.row.rev >= view.rev) view = { ...view, ...e.row };
  if (e.message) { merge(e.message); if (e.message.origin === 'customer') { typing = null; seen(); } if (e.message.delivery === 'failed') again(); }
  else if (e.kind.startsWith('message.')) again();
  if (deep.has(e.kind)) again();
});
live.on('viewers', (v: Ephemeral['viewers']) => { if (v.conversation === id) viewers = v.people ?? []; });
live.on('typing', (v: Ephemeral['typing']) => { if (v.conversation === id && v.who !== session.me?.user.name) typing = { who: v.who, until: Date.now() + 6000 }; });
live.on('fresh', () => { kept.clear(); void read(); });
document.addEventListener('visibilitychange', seen);
// A look lasts 45 seconds on the server; whoever still looks says so.
setInterval(seen, 30_000);
