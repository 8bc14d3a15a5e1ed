// One clock for the whole page; everything that counts seconds reads it, and it rests while hidden.
let now = $state.raw(Date.now());
setInterval(() => { if (!document.hidden) now = Date.now(); }, 1000);
document.addEventListener('visibilitychange', () => { now = Date.now(); });

export const clock = { get now() { return now; } };
/** secs is the time since a moment; negative before it. */
export const secs = (at: string | undefined) => (at ? (now - Date.parse(at)) / 1000 : 0);
