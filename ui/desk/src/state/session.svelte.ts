import { get, post, put, Failure, whenSignedOut } from '../api';
import type { Counts, Me, TouchpointView } from '../api.gen';
import { lang, nameTopics, type Lang } from '../words/index.svelte';

let me = $state.raw<Me | null>(null);
let known = $state.raw(false);
let counts = $state.raw<Counts>({ needs_human: 0, mine: 0, team: 0, bot: 0, all: 0, drafts: 0, channels: 0 });
let away = $state.raw(false);

async function enter(next: Me) {
  lang.zone = next.workspace.zone;
  nameTopics(next.touchpoints);
  if (next.user.lang && next.user.lang !== lang.code) await lang.use(next.user.lang);
  counts = next.counts;
  me = next;
  known = true;
  expired = false;
}
let expired = $state(false);
whenSignedOut(() => { if (me) expired = true; me = null; });

export const session = {
  get me() { return me; },
  /** known is false until the first answer: neither the login nor the desk is shown before. */
  get known() { return known; },
  /** expired is true where the session ended by itself, so that the login can say why it is there. */
  get expired() { return expired; },
  get counts() { return counts; },
  set counts(c: Counts) { counts = c; },
  get away() { return away; },
  can: (what: string) => !!me?.can.includes(what),
  manages: () => !!me?.can.includes('policy.change'),
  isMe: (p?: { id: string }) => !!p && p.id === me?.user.id,
  /** place names a channel as customers do: one Facebook account is Messenger in private. */
  place: (kind: string, surface: string) => (kind === 'facebook' && surface === 'dm' ? 'Messenger' : (me?.channels.find((c) => c.kind === kind)?.title ?? kind)),
  channel: (kind: string) => me?.channels.find((c) => c.kind === kind),
  topics(list: TouchpointView[]) { if (me) { nameTopics(list); me = { ...me, touchpoints: list }; } },
  paused(on: boolean) { if (me) me = { ...me, workspace: { ...me.workspace, paused: on } }; },

  async start(words: Promise<void>) {
    try { const m = await get<Me>('me'); await words; await enter(m); } catch (e) {
      known = true;
      if (!(e instanceof Failure) || e.status !== 401) throw e;
    }
  },
  /** check asks whether this person is still signed in; the desk closes where not. */
  async check() { try { await get<Me>('me'); } catch (e) { if (e instanceof Failure && e.status === 401) { expired = !!me; me = null; } } },
  async again() { await enter(await get<Me>('me')); },
  async login(email: string, password: string) { await enter(await post<Me>('login', { email, password })); },
  async accept(token: string, password: string) { const m = await post<Me>('invite', { token, password }); location.hash = ''; await enter(m); },
  async logout() { await post('logout').catch(() => {}); me = null; location.hash = ''; location.reload(); },
  async setLang(next: Lang) {
    await lang.use(next);
    if (!me) return;
    await enter(await put<Me>('me', { lang: next }).then((m) => m ?? get<Me>('me')));
  },
  async setAway(on: boolean) { away = on; await put('me', { away: on }); },
};
