// The only script on the shop's page: a launcher in a shadow root, and the chat in an iframe on our own
// origin that is made when somebody is about to need it. No inline style and no inline script, so a
// strict policy of the host needs two entries: script-src and frame-src for our origin.
(() => {
  const me = document.currentScript as HTMLScriptElement, { origin } = new URL(me.src), d = me.dataset;
  const pl = (d.lang ?? (document.documentElement.lang || 'pl')).startsWith('pl');
  const [OPEN, CLOSE, CHAT, NEW] = pl ? ['Otwórz czat', 'Zamknij czat', 'Czat z obsługą klienta', 'nowe wiadomości'] : ['Open chat', 'Close chat', 'Customer service chat', 'new messages'];
  const host = document.createElement('tandem-chat'), root = host.attachShadow({ mode: 'closed' }), css = new CSSStyleSheet();
  const brand = /^#[0-9a-f]{3,8}$/i.test(d.color ?? '') ? d.color : '#1a1c20';
  css.replaceSync(`:host{all:initial;position:fixed;right:20px;bottom:20px;z-index:2147483000;--b:${brand}}button{all:unset;box-sizing:border-box;width:60px;height:60px;border-radius:30px;background:var(--b);cursor:pointer;display:grid;place-items:center;box-shadow:0 6px 24px #0004;transition:transform .15s}button:hover{transform:scale(1.05)}button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--b)}svg{width:28px;fill:#fff}i{position:absolute;top:-4px;right:-4px;box-sizing:border-box;min-width:22px;padding:0 5px;height:22px;border-radius:11px;background:#c62828;color:#fff;font:600 13px/22px system-ui;text-align:center}i:empty{display:none}iframe{position:absolute;right:0;bottom:76px;width:min(392px,calc(100vw - 40px));height:min(640px,calc(100dvh - 116px));border:0;border-radius:18px;box-shadow:0 16px 60px #0005;background:Canvas;color-scheme:light dark}iframe[hidden]{display:none}@media(max-width:520px){iframe{position:fixed;inset:0;width:100%;height:100dvh;border-radius:0}iframe:not([hidden])~button{visibility:hidden}}@media(prefers-reduced-motion:reduce){button{transition:none}}`);
  root.adoptedStyleSheets = [css];
  const button = document.createElement('button'), badge = document.createElement('i'), ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), path = document.createElementNS(ns, 'path');
  button.ariaLabel = OPEN; button.ariaExpanded = 'false'; button.ariaHasPopup = 'dialog';
  svg.setAttribute('viewBox', '0 0 24 24'); svg.ariaHidden = 'true';
  path.setAttribute('d', 'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z');
  svg.append(path); button.append(svg, badge); root.append(button); document.body.append(host);

  let frame: HTMLIFrameElement | undefined, open = false, up = false;
  const later: [string, unknown?][] = [];
  const say = (tandem: string, v?: unknown) => (up ? frame?.contentWindow?.postMessage({ tandem, v }, origin) : later.push([tandem, v]));
  const make = () => {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = CHAT; frame.hidden = true;
    frame.src = `${origin}/widget/${encodeURIComponent(d.site ?? '')}/frame?lang=${pl ? 'pl' : 'en'}&o=${encodeURIComponent(location.origin)}`;
    frame.onload = () => { up = true; later.splice(0).forEach(([k, v]) => say(k, v)); };
    root.prepend(frame);
  };
  const set = (on: boolean) => {
    open = on; make();
    frame!.hidden = !on;
    button.ariaExpanded = String(on); button.ariaLabel = on ? CLOSE : OPEN;
    if (on) { badge.textContent = ''; frame!.focus(); }
    say(on ? 'open' : 'hide');
    if (!on) button.focus();
  };
  button.onclick = () => set(!open);
  button.onpointerenter = make; button.onfocus = make;
  addEventListener('keydown', (e) => { if (open && e.key === 'Escape') set(false); });
  // Who has written before may have an answer waiting: the chat is made once the page is at rest.
  const mark = 'tandem-chat';
  try { if (localStorage.getItem(mark)) setTimeout(make, 2500); } catch { /* blocked storage */ }
  addEventListener('message', (e) => {
    if (e.origin !== origin || !frame || e.source !== frame.contentWindow) return;
    const { tandem: k, v } = e.data ?? {};
    if (k === 'close') set(false);
    else if (k === 'started') { try { localStorage.setItem(mark, '1'); } catch { /* blocked storage */ } }
    else if (k === 'unread' && !open) { badge.textContent = v ? String(v) : ''; button.ariaLabel = v ? `${OPEN}, ${v} ${NEW}` : OPEN; }
  });
  (window as unknown as { tandem: object }).tandem = { open: () => set(true), close: () => set(false), identify: (user_id: string, proof: string) => { make(); say('identify', { user_id, proof }); } };
})();
export {};
