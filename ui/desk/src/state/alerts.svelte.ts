// Tells a person that they are needed: sound, browser notification, title. One tab of the browser
// speaks for all of them.
import type { EventView } from '../api.gen';
import { go, route } from '../routes.svelte';
import { fmt, t, topic } from '../words/index.svelte';
import { live } from './live.svelte';
import { prefs } from './prefs.svelte';
import { session } from './session.svelte';
import { toasts } from './toast.svelte';

let leads = false;
if (navigator.locks) void navigator.locks.request('tandem.alerts', () => { leads = true; return new Promise(() => {}); }); else leads = true;

let said = $state.raw('');
let audio: AudioContext | undefined;
addEventListener('pointerdown', () => { audio ??= new AudioContext(); void audio.resume(); }, { capture: true });
addEventListener('keydown', () => { audio ??= new AudioContext(); void audio.resume(); }, { capture: true });

/** chime plays a short figure: rising and warm for a person needed, one soft note for a draft. */
export function chime(kind: 'human' | 'draft') {
  if (!audio || audio.state !== 'running') return;
  const now = audio.currentTime, out = audio.createGain();
  out.gain.value = prefs.now.volume * 0.35;
  out.connect(audio.destination);
  for (const [i, hz] of (kind === 'human' ? [523.25, 659.25, 783.99] : [440]).entries()) {
    const o = audio.createOscillator(), g = audio.createGain(), at = now + i * 0.11;
    o.type = 'triangle';
    o.frequency.value = hz;
    g.gain.setValueAtTime(0, at);
    g.gain.linearRampToValueAtTime(1, at + 0.015);
    g.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
    o.connect(g).connect(out);
    o.start(at);
    o.stop(at + 0.32);
  }
}
function quiet() {
  const { quietFrom: a, quietTo: b } = prefs.now;
  if (!a || !b || a === b) return false;
  const d = new Date(), now = `${String(d.getHours()).padStart(2, '0')}:${String(d.getMinutes()).padStart(2, '0')}`;
  return a < b ? now >= a && now < b : now >= a || now < b;
}

export const alerts = {
  /** said is read out by role=alert: only that a person is needed. */
  get said() { return said; },
  get permission() { return 'Notification' in globalThis ? Notification.permission : 'denied'; },
  ask: () => Notification.requestPermission(),
};

const last = new Map<string, number>();
live.on('event', (e: EventView) => {
  // Whose conversation it is hears of a window that closes; everybody where it is nobody's.
  const closes = e.kind === 'window.closing' && (!e.data?.agent || e.data.agent === session.me?.user.id);
  // Who promised hears that it is soon due, or that the customer has asked; everybody where that person is not there. Who
  // has the conversation hears that a promise is broken.
  const mine = e.data?.agent === session.me?.user.id, broken = e.code === 'broken' && mine && e.row?.owner === 'human';
  const promised = e.kind === 'promise.changed' && (broken || (e.code === 'soon' && (mine || !e.data?.agent)) || (e.code === 'asked' && mine));
  // A conversation that is offered to one person first calls nobody else.
  const human = (e.kind === 'alert.raised' && (!e.data?.agent || mine)) || e.kind === 'alert.widened' || closes || promised, draft = e.kind === 'draft.added' && !!e.draft && e.draft.state === 'pending';
  if ((!human && !draft) || session.away) return;
  const of = `${e.kind}${e.conversation}`;
  if (Date.now() - (last.get(of) ?? 0) < 3000) return;
  last.set(of, Date.now());
  const looking = !document.hidden && route.screen === 'inbox' && route.id === e.conversation;
  if (human) {
    const name = e.row?.customer.name || e.row?.customer.username || t.anonymous;
    const title = promised ? (broken ? t.promisePassed : e.code === 'asked' ? t.promiseAsked : t.promiseSoon) : e.kind === 'alert.raised' && e.code === 'T20' ? t.promisePassed : closes ? t.windowAlert : e.kind === 'alert.widened' ? t.widened : t.alertTitle;
    const body = promised ? t.promiseBody(name, fmt.until(new Date(Number(e.data?.due) * 1000).toISOString(), Date.now())) : closes ? t.windowAlertBody(name, fmt.until(new Date(Number(e.data?.ends) * 1000).toISOString(), Date.now())) : t.alertBody(name, topic(e.row?.touchpoint));
    said = '';
    queueMicrotask(() => { said = `${title}. ${body}`; });
    if ((closes || promised) && e.conversation) toasts.say(`${title}. ${body}`, { ms: 12_000, action: looking ? undefined : { label: t.openTalk, run: () => go('inbox', e.conversation!) } });
    if (leads && !quiet()) {
      // Never a sound while somebody writes in that very conversation.
      if (prefs.now.soundHuman && !(looking && document.activeElement?.matches('textarea'))) chime('human');
      if (document.hidden && alerts.permission === 'granted') {
        const n = new Notification(title, { body, tag: e.conversation });
        n.onclick = () => { window.focus(); if (e.conversation) go('inbox', e.conversation); n.close(); };
      }
    }
  } else if (leads && prefs.now.soundDraft && !quiet() && session.can('draft.decide')) chime('draft');
});
