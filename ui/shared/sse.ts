// An event stream read through fetch: unlike EventSource it can send a header, so a new attempt
// resumes after the last event that was seen, and a dead connection is noticed by its silence.
export interface Event { id: string; event: string; data: string }
export interface Options {
  url: string;
  headers?: () => Record<string, string>;
  on: (e: Event) => void;
  state: (s: 'up' | 'down' | 'denied') => void;
  /** silence in ms after which the connection counts as dead; the server pings more often */
  dead?: number;
}

export function stream(o: Options) {
  let last = '', tries = 0, over = false, wake: (() => void) | null = null, current: AbortController | null = null;

  async function once() {
    const stop = (current = new AbortController());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => { clearTimeout(timer); timer = setTimeout(() => stop.abort(), o.dead ?? 45_000); };
    alive();
    try {
      const headers: Record<string, string> = { Accept: 'text/event-stream', ...o.headers?.() };
      if (last) headers['Last-Event-ID'] = last;
      const r = await fetch(o.url, { headers, signal: stop.signal, cache: 'no-store' });
      if (r.status === 401 || r.status === 403) return 'denied';
      if (!r.ok || !r.body) return 'down';
      tries = 0;
      o.state('up');
      const reader = r.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ''; ;) {
        const { value, done } = await reader.read();
        if (done) return 'down';
        alive();
        rest = (rest + value).replaceAll('\r\n', '\n');
        for (let i; (i = rest.indexOf('\n\n')) >= 0; rest = rest.slice(i + 2)) frame(rest.slice(0, i));
      }
    } finally {
      clearTimeout(timer);
      stop.abort();
    }
  }

  function frame(text: string) {
    const e: Event = { id: '', event: 'message', data: '' };
    for (const line of text.split('\n')) {
      const at = line.indexOf(':');
      if (at <= 0) continue;
      const key = line.slice(0, at), value = line.slice(at + 1).replace(/^ /, '');
      if (key === 'id') last = e.id = value;
      else if (key === 'event') e.event = value;
      else if (key === 'data') e.data += (e.data && '\n') + value;
    }
    if (e.data || e.event !== 'message') o.on(e);
  }

  (async () => {
    while (!over) {
      const why = await once().catch(() => 'down' as const);
      if (over) return;
      o.state(why);
      if (why === 'denied') tries = Math.max(tries, 4);
      const ms = Math.min(20_000, 400 * 2 ** tries++) * (0.5 + Math.random() / 2);
      await new Promise<void>((go) => { const id = setTimeout(go, ms); wake = () => { clearTimeout(id); go(); }; });
      wake = null;
    }
  })();

  return {
    /** kick ends a wait: the network is back, or the page is visible again. */
    kick() { tries = 0; wake?.(); },
    close() { over = true; current?.abort(); wake?.(); },
  };
}
