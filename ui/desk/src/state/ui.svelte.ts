// What lies on top of the screen, and which pane a narrow screen shows.
export type Dialog = 'palette' | 'help' | 'assign' | 'return' | 'close' | 'pause' | 'whisper' | 'action' | '';
let dialog = $state.raw<Dialog>('');
let about = $state.raw('');
let drawer = $state.raw(false);
let search = $state.raw(0);
let tv = $state.raw(false);

export const ui = {
  get dialog() { return dialog; },
  /** about is what a dialog is about, where that is not the open conversation. */
  get about() { return about; },
  show(d: Dialog, what = '') { dialog = d; about = what; },
  hide() { dialog = ''; about = ''; },
  get drawer() { return drawer; },
  set drawer(x: boolean) { drawer = x; },
  get search() { return search; },
  focusSearch() { search++; },
  get tv() { return tv; },
  set tv(x: boolean) { tv = x; },
};
