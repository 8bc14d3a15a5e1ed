// The widget without its looks: session, resumable stream, outbox that survives a reload.
import { stream } from '../shared/sse';

export type Status = 'sending' | 'sent' | 'failed';
export type Owner = 'bot' | 'queue' | 'human' | 'closed';
export interface Doc { id: string; name: string; kind: string; size: number }
export interface Msg { id: string; seq: number; author: 'customer' | 'bot' | 'human' | 'notice'; name?: string; text: string; at: string; kind?: string; choice?: string[]; files?: Doc[]; status?: Status; blob?: File; why?: string }
export interface Session { token: string; visitor: string; brand: string; lang: 'pl' | 'en'; open: boolean; disclosure: string }
export interface State { session: Session | null; msgs: Msg[]; typing: string; net: 'connecting' | 'online' | 'offline'; owner: Owner; agent: string; wait: number; asked: boolean; rating: 'no' | 'ask' | 'done' }

const last = Number.MAX_SAFE_INTEGER;
/** mostBytes is the largest file that the server takes. */
const mostBytes = 8 << 20;
/** types are what may be picked; what a file really is, the server finds in its content. */
export const types = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'];
export class Chat {
  state: State = { session: null, msgs: [], typing: '', net: 'connecting', owner: 'bot', agent: '', wait: 0, asked: false, rating: 'no' };
  #base: string; #at: string; #draw: (s: State) => void; #timer = 0; #typed = 0; #read = 0; #asked = ''; #flow?: ReturnType<typeof stream>;

  constructor(site: string, draw: (s: State) => void) {
    this.#base = `/widget/${encodeURIComponent(site)}`;
    this.#at = `tandem.${site}`;
    this.#draw = draw;
    addEventListener('online', () => this.#flow?.kick());
    addEventListener('offline', () => this.#set({ net: 'offline' }));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#flow?.kick(); });
    void this.#open();
  }
  #set(p: Partial<State>) { this.state = { ...this.state, ...p }; this.#draw(this.state); }
  #keep(k: string, v?: string) { try { if (v === undefined) return localStorage.getItem(`${this.#at}.${k}`); localStorage.setItem(`${this.#at}.${k}`, v); } catch { /* storage is blocked: the chat lasts as long as the page */ } return null; }

  async #open(proof: object = {}) {
    for (let tries = 0; ; tries++) {
      try {
        const r = await fetch(`${this.#base}/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: this.#keep('token') ?? undefined, ...proof }) });
        if (!r.ok) throw r.status;
        const session: Session = await r.json();
        this.#keep('token', session.token);
        const waiting: Msg[] = JSON.parse(this.#keep('out') ?? '[]');
        this.#set({ session, msgs: this.state.msgs.length ? this.state.msgs : waiting.map((m) => ({ ...m, status: 'failed' as const })) });
        break;
      } catch {
        this.#set({ net: navigator.onLine ? 'connecting' : 'offline' });
        await new Promise((go) => setTimeout(go, Math.min(20_000, 800 * 2 ** tries)));
      }
    }
    this.#flow?.close();
    this.#flow = stream({
      url: `${this.#base}/stream`,
      headers: () => ({ Authorization: `Bearer ${this.state.session!.token}` }),
      state: (s) => { this.#set({ net: s === 'up' ? 'online' : navigator.onLine ? 'connecting' : 'offline' }); if (s === 'up') void this.#fill().then(() => this.#flush()); },
      on: (e) => this.#take(e.event, e.data ? JSON.parse(e.data) : {}),
    });
  }
  /** identify tells who the visitor is, with the proof that the shop's server made. */
  identify(user: { user_id: string; proof: string }) { return this.#open(user); }

  /** fill asks for what a broken connection may have missed; what is known is not shown twice. */
  async #fill() {
    const after = Math.max(0, ...this.state.msgs.map((m) => (m.seq < last ? m.seq : 0)));
    const r = await this.#call(`/messages?after=${after}`).catch(() => null);
    if (r?.ok) for (const m of (await r.json()).messages as Msg[]) this.#add(m);
  }
  #take(kind: string, d: Msg & { who?: string; owner?: Owner; wait?: number | boolean }) {
    if (kind === 'message') this.#add(d);
    else if (kind === 'rating') {
      // Asked while the chat was closed or the page was another one, it comes again; once it was seen it does not.
      if (d.at !== this.#keep('rating')) { this.#asked = d.at; this.#set({ rating: this.state.rating === 'done' ? 'done' : 'ask' }); }
    }
    else if (kind === 'owner' && d.owner) this.#set({ owner: d.owner, agent: d.name || this.state.agent, wait: Number(d.wait ?? 0), asked: d.owner === 'queue' && this.state.asked });
    else if (kind === 'typing') { clearTimeout(this.#timer); this.#set({ typing: d.name || d.who || 'bot' }); this.#timer = setTimeout(() => this.#set({ typing: '' }), 6000) as unknown as number; }
  }
  #add(m: Msg) {
    const { msgs } = this.state;
    if (msgs.some((x) => x.id === m.id)) return;
    // The stream can be quicker than the answer to our own POST.
    const own = m.author === 'customer' ? msgs.find((x) => x.seq === last && x.status !== 'failed' && x.text === m.text && x.files?.[0]?.name === m.files?.[0]?.name) : undefined;
    const rest = own ? msgs.filter((x) => x !== own) : msgs;
    this.#set({ msgs: [...rest, m].sort((a, b) => a.seq - b.seq), typing: m.author === 'customer' ? this.state.typing : '', agent: m.author === 'human' && m.name ? m.name : this.state.agent });
    this.#store();
  }
  // A file cannot be kept over a reload; its message is lost with the page, as the visitor sees.
  #store() { this.#keep('out', JSON.stringify(this.state.msgs.filter((m) => m.seq === last && !m.blob))); }

  send(text: string, blob?: File) {
    text = text.trim();
    if (!text && !blob) return;
    const m: Msg = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, seq: last, author: 'customer', text, at: new Date().toISOString(), status: 'sending' };
    if (blob) Object.assign(m, { blob, files: [{ id: '', name: blob.name, kind: blob.type.split('/')[0], size: blob.size }] });
    this.#set({ msgs: [...this.state.msgs, m] });
    this.#store();
    void this.#post(m);
  }
  retry(m: Msg) { this.#mark(m.id, { status: 'sending', why: '' }); void this.#post(m); }
  /** drop forgets a file that was refused. */
  drop(m: Msg) { this.#set({ msgs: this.state.msgs.filter((x) => x.id !== m.id) }); this.#store(); }
  /** file reads what a message carries; the address lives as long as the page. */
  async file(id: string) { const r = await this.#call(`/files/${id}`); if (!r.ok) throw r.status; return URL.createObjectURL(await r.blob()); }
  #mark(id: string, p: Partial<Msg>) { this.#set({ msgs: this.state.msgs.map((m) => (m.id === id ? { ...m, ...p } : m)).sort((a, b) => a.seq - b.seq) }); this.#store(); }
  #flush() { for (const m of this.state.msgs) if (m.status === 'failed' && !m.why) this.retry(m); }
  async #post(m: Msg) {
    try {
      let files: string[] | undefined;
      if (m.blob) {
        if (!types.includes(m.blob.type)) return this.#mark(m.id, { status: 'failed', why: 'type' });
        const f = m.blob.size > mostBytes ? null : await this.#call(`/files?name=${encodeURIComponent(m.blob.name)}`, m.blob);
        if (!f || f.status === 413 || f.status === 422) return this.#mark(m.id, { status: 'failed', why: !f || f.status === 413 ? 'big' : 'type' });
        if (!f.ok) throw f.status;
        files = [(await f.json()).ticket];
      }
      const r = await this.#call('/messages', { client_id: m.id, text: m.text, files });
      if (!r.ok) throw r.status;
      const a: { id: string; seq: number } = await r.json();
      if (this.state.msgs.some((x) => x.id === a.id && x.id !== m.id)) this.#set({ msgs: this.state.msgs.filter((x) => x.id !== m.id) });
      else this.#mark(m.id, { id: a.id, seq: a.seq || last - 1, status: 'sent' });
      this.#store();
    } catch { this.#mark(m.id, { status: 'failed' }); }
  }
  typing() { const now = Date.now(); if (now - this.#typed > 3000) { this.#typed = now; void this.#call('/typing', {}).catch(() => {}); } }
  async human() { this.#set({ asked: true }); const r = await this.#call('/human', {}).catch(() => null); if (!r?.ok) this.#set({ asked: false }); }
  async rate(value: number, text?: string) { this.#set({ rating: 'done' }); await this.#call('/rating', { value, text }).catch(() => this.#set({ rating: 'ask' })); }
  /** read tells up to where the visitor has seen the log. */
  read() {
    if (this.state.rating === 'ask' && this.#asked) this.#keep('rating', this.#asked);
    const seq = Math.max(0, ...this.state.msgs.map((m) => (m.author !== 'customer' && m.seq < last ? m.seq : 0)));
    if (seq > this.#read) { this.#read = seq; void this.#call('/read', { seq }).catch(() => {}); }
  }
  get unread() { return this.state.msgs.filter((m) => m.author !== 'customer' && m.seq > this.#read && m.seq < last).length; }
  #call(path: string, body?: unknown) { return fetch(this.#base + path, { method: body ? 'POST' : 'GET', headers: { Authorization: `Bearer ${this.state.session?.token}`, ...(body && !(body instanceof Blob) ? { 'Content-Type': 'application/json' } : {}) }, body: body instanceof Blob ? body : body ? JSON.stringify(body) : undefined }); }
}
