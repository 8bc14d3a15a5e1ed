// What one person chose for this browser. It never leaves it.
interface Prefs {
  theme: 'auto' | 'light' | 'dark'; dense: boolean; panel: boolean; keysOn: boolean; keys: Record<string, string>;
  soundHuman: boolean; soundDraft: boolean; volume: number; quietFrom: string; quietTo: string;
}
const initial: Prefs = { theme: 'auto', dense: false, panel: true, keysOn: true, keys: {}, soundHuman: true, soundDraft: true, volume: 0.6, quietFrom: '', quietTo: '' };
const at = 'tandem.prefs';

function read(): Prefs {
  try { return { ...initial, ...JSON.parse(localStorage.getItem(at) ?? '{}') }; } catch { return initial; }
}
let now = $state.raw(read());
const paint = () => { if (now.theme === 'auto') delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = now.theme; };
paint();

export const prefs = {
  get now() { return now; },
  set(change: Partial<Prefs>) {
    now = { ...now, ...change };
    paint();
    try { localStorage.setItem(at, JSON.stringify(now)); } catch { /* a private window keeps it for this visit */ }
  },
};
addEventListener('storage', (e) => { if (e.key === at) { now = read(); paint(); } });

export const dark = () => (now.theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : now.theme === 'dark');
