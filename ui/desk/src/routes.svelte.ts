// Addresses live behind the #, so the server needs to know one page only.
export type Screen = 'inbox' | 'queue' | 'wall' | 'autonomy' | 'log' | 'settings';
const screens: Screen[] = ['inbox', 'queue', 'wall', 'autonomy', 'log', 'settings'];

interface Route { screen: Screen; id: string }
function read(): Route {
  const [screen, id = ''] = location.hash.replace(/^#\/?/, '').split('/');
  return { screen: screens.includes(screen as Screen) ? (screen as Screen) : 'inbox', id: decodeURIComponent(id) };
}

let now = $state.raw<Route>(read());
addEventListener('hashchange', () => { now = read(); });

export const route = {
  get screen() { return now.screen; },
  get id() { return now.id; },
};
export const href = (screen: Screen, id = '') => `#/${screen}${id ? `/${encodeURIComponent(id)}` : ''}`;
/** go opens a screen. Steps along a list replace the entry, so that Back leaves the list. */
export function go(screen: Screen, id = '', replace = false) {
  const to = href(screen, id);
  if (location.hash === to) return;
  if (replace) { history.replaceState(null, '', to); now = read(); } else location.hash = to;
}
