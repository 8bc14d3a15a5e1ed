export interface Toast { id: number; text: string; tone: 'plain' | 'bad' | 'good'; action?: { label: string; run: () => void }; until: number }
let list = $state.raw<Toast[]>([]);
let next = 1;

export const toasts = {
  get list() { return list; },
  drop(id: number) { list = list.filter((x) => x.id !== id); },
  /** say shows one line for a few seconds, longer where there is something to press. */
  say(text: string, o: { tone?: Toast['tone']; action?: Toast['action']; ms?: number } = {}) {
    const id = next++, ms = o.ms ?? (o.action ? 7000 : 4000);
    list = [...list.slice(-2), { id, text, tone: o.tone ?? 'plain', action: o.action, until: Date.now() + ms }];
    setTimeout(() => toasts.drop(id), ms);
    return id;
  },
  bad(text: string) { return toasts.say(text, { tone: 'bad', ms: 7000 }); },
};

// The last thing that can be taken back, for the key U.
let last: { run: () => void; until: number } | null = null;
export const undo = {
  offer(run: () => void, ms: number) { last = { run, until: Date.now() + ms }; },
  get ready() { return !!last && last.until > Date.now(); },
  run() { const x = last; last = null; if (x && x.until > Date.now()) x.run(); },
};
