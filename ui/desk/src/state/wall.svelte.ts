import { get } from '../api';
import type { EventView, Row, Wall } from '../api.gen';
import { route } from '../routes.svelte';
import { live } from './live.svelte';

let now = $state.raw<Wall | null>(null), failed = $state.raw(false);
let order = $state.raw<string[]>([]);
let placed = 0, frozen = false, soon: ReturnType<typeof setTimeout> | undefined;
let fresh = new Map<string, Row>();

async function load() {
  try { now = await get<Wall>('wall'); failed = false; fresh = new Map(); place(!order.length); } catch { failed = true; }
}
/** place sorts the tiles by risk, at most every five seconds and never while somebody tabs through them. */
function place(force = false) {
  if (!now) return;
  const ids = now.tiles.map((r) => r.id);
  if (force || (!frozen && Date.now() - placed > 5000)) { order = [...now.tiles].sort((a, b) => b.risk - a.risk).map((r) => r.id); placed = Date.now(); }
  else order = [...order.filter((id) => ids.includes(id)), ...ids.filter((id) => !order.includes(id))];
}

export const wall = {
  get now() { return now; },
  get failed() { return failed; },
  get tiles(): Row[] { const by = new Map(now?.tiles.map((r) => [r.id, r])); return order.map((id) => by.get(id)).filter((r): r is Row => !!r); },
  set frozen(x: boolean) { frozen = x; if (!x) place(); },
  load,
  /** watch keeps the wall fresh while it is on the screen; it returns how to stop. */
  watch() {
    void load();
    const again = setInterval(() => { if (!document.hidden) void load(); }, 5000);
    return () => clearInterval(again);
  },
};
live.on('event', (e: EventView) => {
  if (route.screen !== 'wall' || !now) return;
  if (e.row && now.tiles.some((r) => r.id === e.row!.id)) { fresh.set(e.row.id, e.row); now = { ...now, tiles: now.tiles.map((r) => fresh.get(r.id) ?? r) }; }
  soon ??= setTimeout(() => { soon = undefined; if (!document.hidden) void load(); }, e.kind === 'owner.changed' || e.kind === 'alert.raised' ? 150 : 1000);
});
live.on('fresh', () => { if (route.screen === 'wall') void load(); });
