import type { MessageView } from '../api.gen';

// The server's order of messages is the order of their time. After a merge their numbers are not in
// that order, so nothing here sorts by number.

/** arrived puts one message into the list: over its older form, or at the end, where what is new belongs. */
export function arrived(list: MessageView[], m: MessageView, earlier: boolean): MessageView[] {
  const at = list.findIndex((x) => x.id === m.id);
  if (at >= 0) return list.with(at, m);
  // Our own answer may be here before the event of a message that came first.
  let i = list.length;
  while (i > 0 && list[i - 1].seq > m.seq && list[i - 1].at >= m.at) i--;
  // A change of something older than what was read is no reason to tear a hole into the past.
  return i === 0 && list.length && earlier ? list : list.toSpliced(i, 0, m);
}

/** earlierThan is what was read of the past before a newer answer's first message; nothing where they do not meet. */
export function earlierThan(had: MessageView[], now: MessageView[]): MessageView[] {
  const at = had.findIndex((m) => m.id === now[0]?.id), there = new Set(now.map((m) => m.id));
  return at < 0 ? [] : had.slice(0, at).filter((m) => !there.has(m.id));
}
