// Listens to the keyboard once for the whole desk. Single keys rest while somebody writes, never use
// Alt (it types Polish letters) and can be turned off or moved (WCAG 2.1.4).
import { active, commands, keysOf } from './commands';
import { prefs } from './state/prefs.svelte';
import { review } from './state/review.svelte';
import { ui } from './state/ui.svelte';

// When the first key of a pair was pressed: a page that is busy hears of it later.
let first = '', at = 0;

const writes = (el: Element | null) => !!el && (el.matches('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select') || (el as HTMLElement).isContentEditable);
/** named gives a key event the name that commands use. */
export function named(e: KeyboardEvent) {
  const mod = e.ctrlKey || e.metaKey ? 'mod+' : '';
  return mod + (e.key.length === 1 ? e.key.toLowerCase() : e.key);
}

export function listen() {
  addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.isComposing || e.altKey || e.getModifierState?.('AltGraph')) return;
    const key = named(e), field = writes(document.activeElement), mod = key.startsWith('mod+');
    if (field && !mod && key !== 'Escape') return;
    if (!mod && key !== 'Escape' && !prefs.now.keysOn) return;
    // A dialog has its own keys; only closing it and the palette reach through.
    if (ui.dialog && key !== 'Escape' && key !== 'mod+k') return;
    if (document.querySelector('[popover]:popover-open')) return;
    const chord = first && e.timeStamp - at < 1200 ? `${first} ${key}` : '';
    first = '';
    const hit = (k: string) => commands.find((c) => c.scope !== 'any' && active(c.scope) && keysOf(c.id).includes(k) && (c.when?.() ?? true)) ?? commands.find((c) => c.scope === 'any' && keysOf(c.id).includes(k) && (c.when?.() ?? true));
    const c = (chord && hit(chord)) || hit(key);
    if (c) {
      if (key === 'Escape' && field) { (document.activeElement as HTMLElement).blur(); if (c.id === 'back' && !ui.dialog && !document.activeElement?.closest('[data-search]')) return; }
      e.preventDefault();
      if (e.repeat && c.id !== 'next' && c.id !== 'prev') return;
      if (c.id === 'approve' && review.pace) return review.hold(true);
      return c.run();
    }
    if (!mod && commands.some((x) => keysOf(x.id).some((k) => k.startsWith(`${key} `)))) { first = key; at = e.timeStamp; }
  });
  addEventListener('keyup', (e) => { if (keysOf('approve').includes(named(e))) review.hold(false); });
}
