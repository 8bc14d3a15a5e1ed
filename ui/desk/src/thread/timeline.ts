import type { ConversationView, MessageView, NoteView, SignView, ThreadView, Transition, Upload } from '../api.gen';

export interface Local { key: string; text: string; thread: string; at: string; state: 'sending' | 'failed'; why?: string; aside?: boolean; template?: { name: string; lang: string; values: string[] }; files?: Upload[] }
export type Item =
  | { kind: 'place'; id: string; thread: ThreadView; at: string; again: boolean }
  | { kind: 'message'; id: string; m: MessageView; local?: Local }
  | { kind: 'note'; id: string; note: NoteView }
  | { kind: 'sign'; id: string; sign: SignView }
  | { kind: 'line'; id: string; tr: Transition };

// Times are compared as numbers: one without a fraction of a second would sort behind one with it.
const when = (x: Item) => Date.parse(x.kind === 'note' ? x.note.at : x.kind === 'sign' ? x.sign.at : '');
const asMessage = (o: Local): MessageView => ({ id: o.key, thread: o.thread, seq: Number.MAX_SAFE_INTEGER, origin: 'human', ai_generated: false, text: o.text, parts: (o.files ?? []).map((f) => ({ type: f.kind, name: f.name, mime: f.mime, size: f.size, url: `/api/files/${f.id}` })), template: o.template?.name, delivery: o.state === 'sending' ? 'sending' : 'failed', problem: o.why, marks: [], sources: [], removed: false, edited: false, at: o.at, key: o.key });

/** behind tells whether a message waits for an earlier one of its place: what is said in one place leaves in its order. */
export const behind = (m: MessageView, all: MessageView[]) => all.some((x) => x.thread === m.thread && x.seq < m.seq && x.origin !== 'customer' && (x.delivery === 'queued' || x.delivery === 'sending'));

/** timeline puts messages, notes, what is known beside them, changes of owner and changes of place into one order. */
export function timeline(view: ConversationView, outbox: Local[]): Item[] {
  const items: Item[] = [];
  const known = new Set(view.messages.map((m) => m.key).filter(Boolean));
  const messages = [...view.messages.map((m) => ({ m, local: undefined as Local | undefined })), ...outbox.filter((o) => !known.has(o.key)).map((o) => ({ m: asMessage(o), local: o }))];
  const first = view.messages[0]?.at ?? '', notes = view.notes.filter((n) => !view.earlier || n.at >= first), lines = view.transitions.filter((x) => !view.earlier || x.at >= first);
  // After a merge the numbers no longer tell the order; the time does.
  const joined = view.messages.some((m, i) => i > 0 && m.seq < view.messages[i - 1].seq);
  const before = (tr: Transition, m: MessageView) => (joined ? tr.at < m.at : tr.seq < m.seq);
  const seen = new Set<string>();
  let place = '', ni = 0, li = 0;
  const signs = (view.signs ?? []).filter((x) => !view.earlier || x.at >= first);
  const byTime: Item[] = [...notes.map((n) => ({ kind: 'note' as const, id: `n${n.id}`, note: n })), ...signs.map((s, i) => ({ kind: 'sign' as const, id: `s${i}${s.at}`, sign: s }))].sort((a, b) => when(a) - when(b));
  for (const { m, local } of messages) {
    while (li < lines.length && before(lines[li], m)) line(lines[li++]);
    while (ni < byTime.length && when(byTime[ni]) < Date.parse(m.at)) items.push(byTime[ni++]);
    if (m.thread !== place) {
      const thread = view.threads.find((x) => x.id === m.thread);
      if (thread) items.push({ kind: 'place', id: `p${m.id}`, thread, at: m.at, again: seen.size > 0 });
      seen.add(m.thread);
      place = m.thread;
    }
    items.push({ kind: 'message', id: m.key || m.id, m, local });
  }
  while (li < lines.length) line(lines[li++]);
  while (ni < byTime.length) items.push(byTime[ni++]);
  return items;

  // The first line of every conversation says that the bot owns it; that is no news to anybody.
  function line(tr: Transition) { if (tr.from !== tr.to && (tr.from as string) !== '') items.push({ kind: 'line', id: `t${tr.epoch}${tr.at}`, tr }); }
}
