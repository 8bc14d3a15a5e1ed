export interface Toast { id: number; text: string; tone: 'plain' | 'bad' | 'good'; action?: { label: string; run: () => void }; until: number; counts?: boolean }
let list = $state.raw<Toast[]>([]);
let next = 1;

export const toasts = {
  get list() { return list; },
  drop(id: number) { list = list.filter((x) => x.id !== id); },
  /** say shows one line for a few seconds, longer where there is something to press; one that counts shows what is left. */
  say(text: string, o: { tone?: Toast['tone']; action?: Toast['action']; ms?: number; counts?: boolean } = {}) {
    const id = next++, ms = o.ms ?? (o.action ? 7000 : 4000);
    list = [...list.slice(-2), { id, text, tone: o.tone ?? 'plain', action: o.action, counts: o.counts, until: Date.now() + ms }];
    setTimeout(() => toasts.drop(id), ms);
    return id;
  },
  bad(text: string) { return toasts.say(text, { tone: 'bad', ms: 7000 }); },
};

// The last thing that can be taken back, for the key U.
let last: { run: () => void; until: number } | null = null;
export const undo = {
  /** held shows what the server holds until a moment, with the seconds that are left to take it back; the toast is its answer, 0 where it is too late. */
  held(until: string | undefined, text: string, label: string, back: () => void): number {
    const left = until ? Date.parse(until) - Date.now() : 0;
    if (left <= 0) return 0;
    const run = () => { toasts.drop(id); back(); };
    const id = toasts.say(text, { ms: left, counts: true, action: { label, run } });
    undo.offer(run, left);
    return id;
  },
  offer(run: () => void, ms: number) { last = { run, until: Date.now() + ms }; },
  get ready() { return !!last && last.until > Date.now(); },
  run() { const x = last; last = null; if (x && x.until > Date.now()) x.run(); },
};
