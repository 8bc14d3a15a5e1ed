// Tells a person that they are needed: sound, browser notification, title. One tab of the browser
// speaks for all of them.
import type { EventView } from '../api.gen';
import { go, route } from '../routes.svelte';
import { t, topic } from '../words/index.svelte';
import { live } from './live.svelte';
import { prefs } from './prefs.svelte';
import { session } from './session.svelte';

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
  const human = e.kind === 'alert.raised' || e.kind === 'alert.widened', draft = e.kind === 'draft.added' && !!e.draft && e.draft.state === 'pending';
  if ((!human && !draft) || session.away) return;
  const of = `${e.kind}${e.conversation}`;
  if (Date.now() - (last.get(of) ?? 0) < 3000) return;
  last.set(of, Date.now());
  const looking = !document.hidden && route.screen === 'inbox' && route.id === e.conversation;
  if (human) {
    const name = e.row?.customer.name || e.row?.customer.username || t.anonymous;
    said = '';
    queueMicrotask(() => { said = `${e.kind === 'alert.widened' ? t.widened : t.alertTitle}. ${t.alertBody(name, topic(e.row?.touchpoint))}`; });
    if (leads && !quiet()) {
      // Never a sound while somebody writes in that very conversation.
      if (prefs.now.soundHuman && !(looking && document.activeElement?.matches('textarea'))) chime('human');
      if (document.hidden && alerts.permission === 'granted') {
        const n = new Notification(t.alertTitle, { body: t.alertBody(name, topic(e.row?.touchpoint)), tag: e.conversation });
        n.onclick = () => { window.focus(); if (e.conversation) go('inbox', e.conversation); n.close(); };
      }
    }
  } else if (leads && prefs.now.soundDraft && !quiet() && session.can('draft.decide')) chime('draft');
});
