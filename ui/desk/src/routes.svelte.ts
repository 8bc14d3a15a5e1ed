// Addresses live behind the #, so the server needs to know one page only.
export type Screen = 'inbox' | 'queue' | 'wall' | 'autonomy' | 'log' | 'learning' | 'settings';
const screens: Screen[] = ['inbox', 'queue', 'wall', 'autonomy', 'log', 'learning', 'settings'];

interface Route { screen: Screen; id: string; invite?: string }
function read(): Route {
  const [screen, id = ''] = location.hash.replace(/^#\/?/, '').split('/');
  if (screen === 'invite' && id) return { screen: 'inbox', id: '', invite: id };
  return { screen: screens.includes(screen as Screen) ? (screen as Screen) : 'inbox', id: decodeURIComponent(id) };
}

let now = $state.raw<Route>(read());
addEventListener('hashchange', () => { const r = read(); if (r.screen !== now.screen || r.id !== now.id || r.invite !== now.invite) now = r; });

export const route = {
  get screen() { return now.screen; },
  get id() { return now.id; },
  /** invite is the word of an invitation's link, which is opened by whoever has it, signed in or not. */
  get invite() { return now.invite; },
};
export const href = (screen: Screen, id = '') => `#/${screen}${id ? `/${encodeURIComponent(id)}` : ''}`;
/** go opens a screen. Steps along a list replace the entry, so that Back leaves the list. */
export function go(screen: Screen, id = '', replace = false) {
  const to = href(screen, id), here = read();
  if (location.hash === to) return;
  // The address moves before its event comes: a step that was meant for the old place is dropped, or it
  // would undo where somebody has just gone.
  if (replace && (here.screen !== now.screen || here.id !== now.id)) { now = here; return; }
  if (replace) history.replaceState(null, '', to); else location.hash = to;
  now = read();
}
