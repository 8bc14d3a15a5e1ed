// Every action once: hot-keys, palette, menus, tooltips and the help sheet are views of this table.
import type { IconName } from './parts/icon-names';
import { go, route } from './routes.svelte';
import { compose } from './state/compose.svelte';
import { inbox } from './state/inbox.svelte';
import { learning } from './state/learning.svelte';
import { policy } from './state/policy.svelte';
import { dark, prefs } from './state/prefs.svelte';
import { review } from './state/review.svelte';
import { session } from './state/session.svelte';
import { talk } from './state/talk.svelte';
import { undo } from './state/toast.svelte';
import { ui } from './state/ui.svelte';
import { lang, t } from './words/index.svelte';

export type Scope = 'any' | 'talk' | 'queue' | 'learn';
export interface Command {
  id: string; title: () => string; icon: IconName; keys: string[]; scope: Scope;
  when?: () => boolean; run: () => void;
  /** hidden from the palette: it makes sense as a key only */
  quiet?: boolean;
}

const inTalk = () => route.screen === 'inbox' && !!talk.view;
const inLearn = () => route.screen === 'learning' && (route.id || 'week') === 'week' && !!learning.current;
const inQueue = () => route.screen === 'queue' && !!review.current;

/** step moves along the list of the screen that is open. */
function step(by: number) {
  if (route.screen === 'queue') return review.step(by);
  if (inLearn()) return learning.step(by);
  if (route.screen !== 'inbox') return;
  const list = inbox.flat, at = list.findIndex((r) => r.id === route.id);
  const next = list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) go('inbox', next.id, !!route.id);
}
function back() {
  if (ui.dialog) return ui.hide();
  if (ui.tv) { ui.tv = false; return; }
  if (ui.drawer) { ui.drawer = false; return; }
  if (inbox.query) { inbox.query = ''; return; }
  if (route.screen === 'queue' && review.editing) return review.stopEdit();
  if (route.id && innerWidth < 860) go(route.screen);
}

export const commands: Command[] = [
  { id: 'palette', title: () => t.cPalette, icon: 'command', keys: ['mod+k'], scope: 'any', run: () => ui.show(ui.dialog === 'palette' ? '' : 'palette'), quiet: true },
  { id: 'help', title: () => t.cHelp, icon: 'keyboard', keys: ['?'], scope: 'any', run: () => ui.show('help') },
  { id: 'back', title: () => t.cBack, icon: 'x', keys: ['Escape'], scope: 'any', run: back, quiet: true },
  { id: 'next', title: () => t.cNext, icon: 'arrow-down', keys: ['j'], scope: 'any', run: () => step(1), quiet: true },
  { id: 'prev', title: () => t.cPrev, icon: 'arrow-down', keys: ['k'], scope: 'any', run: () => step(-1), quiet: true },
  { id: 'search', title: () => t.cSearch, icon: 'search', keys: ['/'], scope: 'any', run: () => { go('inbox', route.screen === 'inbox' ? route.id : ''); ui.focusSearch(); } },
  { id: 'undo', title: () => t.cUndo, icon: 'undo-2', keys: ['u'], scope: 'any', when: () => undo.ready || !!compose.undoable, run: () => { const m = compose.undoable; if (undo.ready) undo.run(); else if (m) void compose.undo(m); } },
  { id: 'go-inbox', title: () => t.cGoInbox, icon: 'inbox', keys: ['g i'], scope: 'any', run: () => go('inbox') },
  { id: 'go-queue', title: () => t.cGoQueue, icon: 'badge-check', keys: ['g z'], scope: 'any', run: () => go('queue') },
  { id: 'go-wall', title: () => t.cGoWall, icon: 'radio', keys: ['g l'], scope: 'any', run: () => go('wall') },
  { id: 'go-map', title: () => t.cGoMap, icon: 'map', keys: ['g m'], scope: 'any', run: () => go('autonomy') },
  { id: 'go-log', title: () => t.cGoLog, icon: 'gavel', keys: ['g d'], scope: 'any', run: () => go('log') },
  { id: 'go-learning', title: () => t.cGoLearning, icon: 'graduation-cap', keys: ['g n'], scope: 'any', run: () => go('learning') },
  { id: 'go-settings', title: () => t.cGoSettings, icon: 'settings', keys: ['g s'], scope: 'any', run: () => go('settings') },

  { id: 'take', title: () => t.cTake, icon: 'hand', keys: ['t'], scope: 'talk', when: () => inTalk() && !talk.mine, run: () => void talk.takeOver().then((ok) => { if (ok && compose.mode === 'reply') compose.write('reply'); }) },
  { id: 'return', title: () => t.cReturn, icon: 'bot', keys: ['b'], scope: 'talk', when: () => inTalk() && talk.view?.owner !== 'bot', run: () => ui.show('return') },
  { id: 'write', title: () => t.cWrite, icon: 'pencil', keys: ['e'], scope: 'talk', when: inTalk, run: () => compose.write('reply') },
  { id: 'note', title: () => t.cNote, icon: 'sticky-note', keys: ['n'], scope: 'talk', when: inTalk, run: () => compose.write('note') },
  { id: 'whisper', title: () => t.cWhisper, icon: 'ear', keys: ['w'], scope: 'talk', when: inTalk, run: () => compose.write('whisper') },
  { id: 'private', title: () => t.cPrivate, icon: 'lock', keys: ['v'], scope: 'talk', when: () => inTalk() && compose.mode === 'reply' && !!compose.thread_of()?.public, run: () => { compose.aside = !compose.aside; } },
  { id: 'assign', title: () => t.cAssign, icon: 'users', keys: ['p'], scope: 'talk', when: inTalk, run: () => ui.show('assign') },
  { id: 'action', title: () => t.cAction, icon: 'zap', keys: ['d'], scope: 'talk', when: () => inTalk() && session.can('action.propose'), run: () => ui.show('action') },
  { id: 'close', title: () => t.cClose, icon: 'check', keys: ['z'], scope: 'talk', when: () => inTalk() && talk.view?.owner !== 'closed', run: () => ui.show('close') },
  { id: 'card', title: () => t.cCard, icon: 'info', keys: ['i'], scope: 'talk', when: () => inTalk() && !!talk.view?.card, run: () => { talk.cardOpen = !talk.cardOpen; }, quiet: true },
  ...Array.from({ length: 9 }, (_, i): Command => ({ id: `suggest-${i + 1}`, title: () => t.cSuggest(i + 1), icon: 'sparkles', keys: [String(i + 1)], scope: 'talk', when: () => inTalk() && !!talk.view?.suggestions[i], run: () => { const d = talk.view?.suggestions[i]; if (d) compose.insert(d); }, quiet: true })),

  { id: 'approve', title: () => t.cApprove, icon: 'check', keys: ['a'], scope: 'queue', when: () => inQueue() && !review.editing, run: () => void review.approve() },
  { id: 'edit', title: () => t.cEdit, icon: 'pencil', keys: ['e'], scope: 'queue', when: inQueue, run: () => review.edit() },
  { id: 'reject', title: () => t.cReject, icon: 'x', keys: ['r'], scope: 'queue', when: inQueue, run: () => review.startReject() },
  { id: 'fix', title: () => t.cFix, icon: 'shield-check', keys: ['f'], scope: 'queue', when: () => inQueue() && !!review.fixable, run: () => review.fix() },
  { id: 'take-draft', title: () => t.cTake, icon: 'hand', keys: ['t'], scope: 'queue', when: inQueue, run: () => void review.takeOver() },
  ...Array.from({ length: 7 }, (_, i): Command => ({ id: `reason-${i + 1}`, title: () => (t as unknown as Record<string, string>)[`reason${i + 1}`], icon: 'check', keys: [String(i + 1)], scope: 'queue', when: () => inQueue() && review.asking, run: () => review.toggleReason(i + 1), quiet: true })),

  ...Array.from({ length: 4 }, (_, i): Command => ({ id: `label-${i + 1}`, title: () => t.cLabel(i + 1), icon: 'check', keys: [String(i + 1)], scope: 'learn', when: () => inLearn() && !!learning.current?.guesses[i], run: () => { const g = learning.current?.guesses[i]; if (g) void learning.label(g.touchpoint); }, quiet: true })),
  { id: 'label-skip', title: () => t.learnSkip, icon: 'x', keys: ['x'], scope: 'learn', when: inLearn, run: () => learning.skip() },

  { id: 'panel', title: () => t.cPanel, icon: 'sliders-horizontal', keys: ['mod+.'], scope: 'any', run: () => { if (innerWidth < 1180) ui.drawer = !ui.drawer; else prefs.set({ panel: !prefs.now.panel }); } },
  { id: 'pause', title: () => t.cPause, icon: 'pause', keys: [], scope: 'any', when: () => session.can(session.me?.workspace.paused ? 'policy.resume' : 'policy.pause'), run: () => (session.me?.workspace.paused ? void policy.pause(false) : ui.show('pause')) },
  { id: 'theme', title: () => t.cTheme, icon: 'moon', keys: [], scope: 'any', run: () => prefs.set({ theme: dark() ? 'light' : 'dark' }) },
  { id: 'lang', title: () => t.cLang, icon: 'languages', keys: [], scope: 'any', run: () => void session.setLang(lang.code === 'pl' ? 'en' : 'pl') },
  { id: 'density', title: () => t.cDensity, icon: 'layers', keys: [], scope: 'any', run: () => prefs.set({ dense: !prefs.now.dense }) },
  { id: 'away', title: () => t.cAway, icon: 'clock', keys: [], scope: 'any', run: () => void session.setAway(!session.away) },
  { id: 'sign-out', title: () => t.signOut, icon: 'log-out', keys: [], scope: 'any', run: () => void session.logout() },
];

const byId = new Map(commands.map((c) => [c.id, c]));
/** keysOf returns a command's keys as this person has them. */
export const keysOf = (id: string) => (id in prefs.now.keys ? [prefs.now.keys[id]].filter(Boolean) : (byId.get(id)?.keys ?? []));
const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
/** shown writes a key as people read it. */
export const shown = (k: string) => k.split(' ').map((p) => p.replace('mod+', mac ? '⌘' : 'Ctrl ').replace('Escape', 'Esc').replace('Enter', '↵').replace(/(^|Ctrl |⌘)([a-z])$/, (_, a, b) => a + b.toUpperCase())).join(' ');
export const keyOf = (id: string) => { const k = keysOf(id)[0]; return k ? shown(k) : ''; };
export const run = (id: string) => { const c = byId.get(id); if (c && (c.when?.() ?? true)) c.run(); };
export const can = (id: string) => byId.get(id)?.when?.() ?? true;

/** active tells whether a scope's keys count on the open screen. */
export const active = (s: Scope) => s === 'any' || (s === 'talk' && route.screen === 'inbox') || (s === 'queue' && route.screen === 'queue') || (s === 'learn' && route.screen === 'learning');
