import type { ConversationView, MessageView, NoteView, ThreadView, Transition } from '../api.gen';

export interface Local { key: string; text: string; thread: string; at: string; state: 'sending' | 'failed'; why?: string; aside?: boolean }
export type Item =
  | { kind: 'place'; id: string; thread: ThreadView; at: string; again: boolean }
  | { kind: 'message'; id: string; m: MessageView; local?: Local }
  | { kind: 'note'; id: string; note: NoteView }
  | { kind: 'line'; id: string; tr: Transition };

const asMessage = (o: Local): MessageView => ({ id: o.key, thread: o.thread, seq: Number.MAX_SAFE_INTEGER, origin: 'human', ai_generated: false, text: o.text, parts: [], delivery: o.state === 'sending' ? 'sending' : 'failed', problem: o.why, marks: [], sources: [], removed: false, edited: false, at: o.at, key: o.key });

/** timeline puts messages, notes, changes of owner and changes of place into one order. */
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
  const byTime = [...notes].sort((a, b) => a.at.localeCompare(b.at));
  for (const { m, local } of messages) {
    while (li < lines.length && before(lines[li], m)) line(lines[li++]);
    while (ni < byTime.length && byTime[ni].at < m.at) items.push({ kind: 'note', id: `n${byTime[ni].id}`, note: byTime[ni++] });
    if (m.thread !== place) {
      const thread = view.threads.find((x) => x.id === m.thread);
      if (thread) items.push({ kind: 'place', id: `p${m.id}`, thread, at: m.at, again: seen.size > 0 });
      seen.add(m.thread);
      place = m.thread;
    }
    items.push({ kind: 'message', id: m.key || m.id, m, local });
  }
  while (li < lines.length) line(lines[li++]);
  while (ni < byTime.length) items.push({ kind: 'note', id: `n${byTime[ni].id}`, note: byTime[ni++] });
  return items;

  // The first line of every conversation says that the bot owns it; that is no news to anybody.
  function line(tr: Transition) { if (tr.from !== tr.to && (tr.from as string) !== '') items.push({ kind: 'line', id: `t${tr.epoch}${tr.at}`, tr }); }
}
