import { Failure, key, post, said } from '../api';
import type { DraftView, MessageView, ThreadView, Upload } from '../api.gen';
import { t } from '../words/index.svelte';
import type { Local } from '../thread/timeline';
import { inbox } from './inbox.svelte';
import { live } from './live.svelte';
import { session } from './session.svelte';
import { talk } from './talk.svelte';
import { toasts } from './toast.svelte';

export type Mode = 'reply' | 'note' | 'whisper';
interface Saved { text: string; mode: Mode; thread: string; draft: string; edited: boolean; aside?: boolean }

// What one person is writing in one conversation. It survives a change of conversation and a reload.
const at = (id: string) => `tandem.write.${session.me?.user.id}.${id}`;
let id = $state.raw('');
let text = $state.raw('');
let mode = $state.raw<Mode>('reply');
let thread = $state.raw('');
let draft = $state.raw('');
let edited = $state.raw(false);
// aside answers a public comment in private; it belongs to one answer in one place.
let aside = $state.raw(false);
let seen = $state.raw(0);
let newer = $state.raw(false);
let outboxes = $state.raw<Record<string, (Local & { draft: string; seen: number })[]>>({});
let focus = $state.raw(0);
let files = $state.raw<Upload[]>([]);
let loading = $state.raw(0);
// waits: it was sent while a file was still on its way, and leaves together with it.
let waits = $state.raw(false);
const dropped = new Set<string>();

function save() {
  const s: Saved = { text, mode, thread, draft, edited, aside };
  const worth = !!text.trim() && edited;
  inbox.drafts[id] = worth;
  try { if (worth) localStorage.setItem(at(id), JSON.stringify(s)); else localStorage.removeItem(at(id)); } catch { /* private window */ }
}
function clear() { waits = false; text = ''; draft = ''; files = []; edited = false; newer = false; aside = false; save(); }
const box = (of: string, f: (list: (Local & { draft: string; seen: number })[]) => typeof list) => { outboxes = { ...outboxes, [of]: f(outboxes[of] ?? []) }; };

async function deliver(of: string, o: Local & { draft: string; seen: number }) {
  box(of, (l) => l.map((x) => (x.key === o.key ? { ...x, state: 'sending', why: undefined } : x)));
  try {
    // Sending takes the conversation over, and says so below the field before.
    if (talk.id === of && talk.view && !talk.mine && !(await talk.takeOver())) throw new Failure(409, 'taken', '');
    const m = await post<MessageView>(`conversations/${of}/reply`, { text: o.template ? undefined : o.text, template: o.template, thread: o.thread, key: o.key, draft: o.draft || undefined, private: o.aside || undefined, seen_seq: o.seen, files: o.files?.map((f) => f.id) });
    box(of, (l) => l.filter((x) => x.key !== o.key));
    if (talk.id === of) talk.merge(m);
  } catch (e) {
    const f = e instanceof Failure ? e : null;
    if (talk.id === of && (f?.code === 'newer_message' || f?.code === 'taken' || f?.code === 'private_reply_used') && !text && !o.template) {
      box(of, (l) => l.filter((x) => x.key !== o.key));
      text = o.text; draft = o.draft; files = o.files ?? []; edited = true; newer = f.code === 'newer_message'; mode = 'reply'; thread = o.thread; aside = !!o.aside; save(); focus++;
      if (f.code === 'private_reply_used') toasts.bad(said(e));
      void talk.read();
      return;
    }
    box(of, (l) => l.map((x) => (x.key === o.key ? { ...x, state: 'failed', why: said(e) } : x)));
  }
}

export const compose = {
  get text() { return text; },
  set text(x: string) { if (!text && x) seen = talk.lastAsked; text = x; waits = false; edited = !!x; if (!x) draft = ''; save(); },
  get mode() { return mode; },
  set mode(x: Mode) { mode = x; save(); },
  get thread() { return thread; },
  set thread(x: string) { if (x !== thread) aside = false; thread = x; save(); },
  get aside() { return aside && !!compose.thread_of()?.public; },
  set aside(x: boolean) { aside = x; save(); },
  get draft() { return draft; },
  get edited() { return edited; },
  get newer() { return newer; },
  get focus() { return focus; },
  write(m: Mode) { mode = m; if (m !== 'reply' && draft && !edited) { text = ''; draft = ''; } focus++; },
  get files() { return files; },
  get loading() { return loading > 0; },
  get waits() { return waits; },
  /** attach brings files at once, so that sending seldom waits for them; without one of them nothing leaves. */
  async attach(list: Iterable<File>) {
    const of = id, all = [...list];
    loading += all.length;
    for (const f of all) {
      try {
        const up = await post<Upload>(`files?name=${encodeURIComponent(f.name)}`, f);
        if (id === of) files = [...files, up].slice(0, 10);
      } catch (e) { waits = false; toasts.bad(`${f.name}: ${said(e)}`); } finally { loading--; }
    }
    focus++;
    if (waits && !loading) { waits = false; void compose.send(); }
  },
  detach(file: string) { files = files.filter((f) => f.id !== file); },
  outbox: (of: string) => outboxes[of] ?? [],

  /** follow moves to another conversation, or takes in what is new in this one. */
  follow() {
    const v = talk.view;
    if (!v) return;
    if (v.id !== id) {
      id = v.id;
      files = [];
      waits = false;
      let s: Partial<Saved> = {};
      try { s = JSON.parse(localStorage.getItem(at(id)) ?? '{}'); } catch { /* an older form */ }
      text = s.text ?? ''; mode = s.mode ?? 'reply'; thread = s.thread ?? ''; draft = s.draft ?? ''; edited = s.edited ?? false; aside = s.aside ?? false;
      newer = false; seen = talk.lastAsked;
    }
    if (!v.threads.some((x) => x.id === thread)) thread = v.messages.findLast((m) => m.origin === 'customer')?.thread ?? v.threads[0]?.id ?? '';
    if (!edited) {
      seen = talk.lastAsked;
      const best = v.suggestions[0];
      const fits = best && best.confidence === 'high' && !best.blocked && !dropped.has(best.id) && v.owner !== 'bot' && v.owner !== 'closed' && mode === 'reply';
      if (fits && (draft !== best.id || !text)) { text = best.text; draft = best.id; thread = best.thread || thread; }
      else if (!fits && draft && !edited) { text = ''; draft = ''; }
    }
  },
  insert(d: DraftView) { mode = 'reply'; text = d.text; draft = d.id; edited = true; seen = talk.lastAsked; if (d.thread) thread = d.thread; save(); focus++; },
  drop() { dropped.add(draft); clear(); focus++; },
  thread_of: (): ThreadView | undefined => talk.view?.threads.find((x) => x.id === thread),

  /** sendTemplate sends an approved text of the platform; shown is what it reads like with its values, files is that of its header. */
  sendTemplate(template: NonNullable<Local['template']>, shown: string, files: Upload[]) {
    const v = talk.view;
    if (!v) return;
    const o = { key: key(), text: shown, thread, at: new Date().toISOString(), state: 'sending' as const, draft: '', seen: talk.lastAsked, template, files };
    box(v.id, (l) => [...l, o]);
    void deliver(v.id, o);
  },
  async send(): Promise<void> {
    const body = text.trim(), v = talk.view;
    if (loading && mode === 'reply') { waits = true; return; }
    if ((!body && !(mode === 'reply' && files.length)) || !v) return;
    if (mode !== 'reply') {
      const forBot = mode === 'whisper';
      clear();
      mode = 'reply';
      if (await talk.act('note', { text: body, for_bot: forBot })) toasts.say(forBot ? t.whisperAdded : t.noteAdded, { tone: 'good' });
      else if (!text) { text = body; mode = forBot ? 'whisper' : 'note'; edited = true; save(); }
      return;
    }
    if (talk.lastAsked > seen) { newer = true; seen = talk.lastAsked; return; }
    const o = { key: key(), text: body, thread, at: new Date().toISOString(), state: 'sending' as const, draft, seen, aside: compose.aside, files };
    box(v.id, (l) => [...l, o]);
    if (draft) dropped.add(draft);
    clear();
    await deliver(v.id, o);
  },
  again(k: string) { const o = compose.outbox(id).find((x) => x.key === k); if (o) void deliver(id, o); },
  edit(k: string) { const o = compose.outbox(id).find((x) => x.key === k); if (!o) return; box(id, (l) => l.filter((x) => x.key !== k)); text = o.text; files = o.files ?? []; draft = o.draft; edited = true; mode = 'reply'; thread = o.thread; aside = !!o.aside; save(); focus++; },
  /** mayUndo tells whether a message is one's own and has not left: the server takes back no other. */
  mayUndo: (m: MessageView) => m.delivery === 'queued' && !m.cancelled && (m.origin === 'human' || m.origin === 'draft') && !!m.author && m.author === session.me?.user.name,
  /** undoable is the newest message of the open conversation that can still be taken back. */
  get undoable(): MessageView | undefined { return talk.view?.messages.findLast(compose.mayUndo); },
  async undo(m: MessageView) {
    if (!(await talk.cancel(m.id))) return;
    if (!text) { text = m.text; edited = true; mode = 'reply'; thread = m.thread; save(); focus++; }
    toasts.say(t.restored);
  },
};

// What was being written goes along when the conversation goes on in another: its places go along too.
talk.onMoved((from, to) => {
  try {
    const mine = localStorage.getItem(at(from));
    if (mine && !localStorage.getItem(at(to))) { localStorage.setItem(at(to), mine); localStorage.removeItem(at(from)); inbox.drafts[to] = true; }
  } catch { /* private window */ }
  delete inbox.drafts[from];
});

// What could not leave is tried again once the stream is back, with the same key: never twice.
live.on('fresh', () => { for (const [of, list] of Object.entries(outboxes)) for (const o of list) if (o.state === 'failed' && o.why === t.errNet) void deliver(of, o); });

let typed = 0;
/** tellTyping lets colleagues and, where the channel can, the customer know that somebody writes. */
export function tellTyping() {
  if (mode !== 'reply' || !talk.id || Date.now() - typed < 3000) return;
  typed = Date.now();
  void post(`conversations/${talk.id}/typing`).catch(() => {});
}
