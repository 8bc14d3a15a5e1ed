// The chat itself, on our own origin: the host page's scripts cannot read it and its styles cannot touch it.
import './style.css';
import { Chat, types, type Doc, type Msg, type State } from './core';
import { words } from './words';
import { h, svg, type Kid } from '../shared/dom';

const query = new URLSearchParams(location.search);
const host = query.get('o') ?? '', site = decodeURIComponent(location.pathname.split('/')[2] ?? '');
let lang: 'pl' | 'en' = query.get('lang') === 'en' ? 'en' : 'pl', t = words[lang];
const say = (tandem: string, v?: unknown) => { if (host && parent !== window) parent.postMessage({ tandem, v }, host); };

const face = { bot: 'M12 8V4H8M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM2 14h2M20 14h2M15 13v2M9 13v2', human: 'M12 3a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM20 21a8 8 0 0 0-16 0', x: 'M18 6 6 18M6 6l12 12', clip: 'M21 11l-9.2 9.2a6 6 0 0 1-8.500-8.500l8.600-8.600a4 4 0 1 1 5.700 5.700l-8.600 8.600a2 2 0 0 1-2.900-2.800L14 6.500', send: 'M5 12h14M12 5l7 7-7 7', hand: 'M18 11V6a2 2 0 0 0-4 0M14 10V4a2 2 0 0 0-4 0v2M10 10.5V6a2 2 0 0 0-4 0v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.9-6-2.4l-3.6-3.6a2 2 0 0 1 2.8-2.8L7 15' };

const brand = h('h1'), who = h('p', { class: 'who', role: 'status' }), badge = h('span', { class: 'face' });
const net = h('p', { class: 'net', role: 'status', hidden: true });
const log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: 0 });
const dots = h('div', { class: 'dots', hidden: true }, h('i'), h('i'), h('i'), h('span'));
const first = h('p', { class: 'm notice first' });
const human = h('button', { type: 'button', class: 'human', onclick: () => void chat.human() });
const field = h('textarea', { rows: 1, maxlength: 4000, oninput: () => { if (field.value) chat.typing(); }, onkeydown: (e: KeyboardEvent) => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); send(); } } });
const pick = h('input', { type: 'file', hidden: true, accept: types.join(), onchange: () => { const f = pick.files?.[0]; if (f) attach(f); pick.value = ''; } });
const clip = h('button', { type: 'button', class: 'clip', onclick: () => pick.click() }, svg(face.clip, true));
const button = h('button', { class: 'send' }, svg(face.send, true));
const shut = h('button', { class: 'x', type: 'button', onclick: () => say('close') }, svg(face.x, true));
function attach(f: File) { chat.send(field.value, f); field.value = ''; field.focus(); stick = true; }
function send() { chat.send(field.value); field.value = ''; field.focus(); stick = true; }
log.append(first, dots);
document.body.append(h('main', { class: 'w' },
  h('header', {}, badge, h('div', { class: 'tt' }, brand, who), shut), net, log, h('div', { class: 'bar' }, human),
  h('form', { onsubmit: (e: Event) => { e.preventDefault(); send(); } }, pick, clip, field, button)));
field.addEventListener('paste', (e) => { const f = e.clipboardData?.files[0]; if (f) { e.preventDefault(); attach(f); } });

function name() {
  t = words[lang];
  document.documentElement.lang = lang;
  log.setAttribute('aria-label', t.log);
  field.setAttribute('aria-label', t.write);
  field.placeholder = t.write;
  button.setAttribute('aria-label', t.send);
  shut.setAttribute('aria-label', t.close);
  clip.setAttribute('aria-label', t.attach);
  clip.title = t.attach;
  human.replaceChildren(svg(face.hand, true), t.human);
}
name();

const clock = (at: string) => new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
const linked = (s: string): Kid[] => s.split(/(https:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((x, i) => (i % 2 ? h('a', { href: x, target: '_blank', rel: 'noopener noreferrer' }, x) : x));
const size = (n: number) => (n < 1 << 20 ? `${Math.max(1, Math.round(n / 1024))} kB` : `${(n / (1 << 20)).toFixed(1)} MB`);
/** doc is a file of a message: a picture is shown, anything else is saved on a press. */
function doc(d: Doc, blob?: File) {
  const label = h('span', {}, d.name), el = h('button', { type: 'button', class: 'doc', title: d.name }, svg(face.clip, true), label, h('small', {}, size(d.size)));
  const open = () => (blob ? Promise.resolve(URL.createObjectURL(blob)) : chat.file(d.id));
  if (d.kind === 'image') void open().then((src) => { const at = stick; const img = h('img', { src, alt: d.name, onload: () => { if (at) log.scrollTop = log.scrollHeight; } }); el.replaceChildren(img); el.classList.add('pic'); }).catch(() => {});
  el.addEventListener('click', () => void open().then((href) => h('a', { href, download: d.name }).click()).catch(() => label.replaceChildren(t.gone)));
  return el;
}
function bubble(m: Msg, same: boolean, newest: boolean) {
  const from = m.author === 'customer' ? t.you : m.author === 'bot' ? t.bot : m.author === 'human' ? (m.name ?? '') : '';
  return h('div', { class: `m ${m.author} ${m.status ?? ''} ${same ? 'same' : ''}`, 'data-ai': m.author === 'bot' },
    m.author !== 'notice' && h('small', { class: m.author === 'customer' || same ? 'sr' : '' }, `${from}, ${clock(m.at)}`),
    m.text && h('span', {}, ...linked(m.text)),
    ...(m.files ?? []).map((d) => doc(d, m.blob)),
    newest && m.choice?.length ? h('div', { class: 'choice' }, ...m.choice.map((c) => h('button', { type: 'button', onclick: () => { chat.send(c); field.focus(); } }, c))) : null,
    m.status === 'failed' && m.why ? h('button', { type: 'button', class: 'again', onclick: () => chat.drop(m) }, m.why === 'big' ? t.big : t.type) : m.status === 'failed' && h('button', { type: 'button', class: 'again', onclick: () => chat.retry(m) }, t.retry));
}
function ratings() {
  const box = h('div', { class: 'm notice rate' }, h('span', { id: 'rate' }, t.rate)), row = h('div', { class: 'stars', role: 'group', 'aria-labelledby': 'rate' });
  t.rates.forEach((x, i) => row.append(h('button', { type: 'button', 'aria-label': `${i + 1}, ${x}`, title: x, onclick: () => more(i + 1) }, String(i + 1))));
  box.append(row, h('small', {}, t.scale(t.rates[0], t.rates[4])));
  return box;
  function more(value: number) {
    const note = h('textarea', { rows: 2, maxlength: 1000, 'aria-label': t.comment, placeholder: t.comment });
    row.nextElementSibling?.remove();
    row.replaceWith(note, h('button', { type: 'button', class: 'ok', onclick: () => void chat.rate(value, note.value.trim() || undefined) }, `${t.send} ${value}/5`));
    note.focus();
  }
}

let stick = true, shown = false, rate: HTMLElement | null = null, thanks: HTMLElement | null = null;
const nodes = new Map<string, { el: HTMLElement; key: string }>();
log.addEventListener('scroll', () => { stick = log.scrollHeight - log.scrollTop - log.clientHeight < 60; });
new ResizeObserver(() => { if (stick) log.scrollTop = log.scrollHeight; }).observe(log);

function draw(s: State) {
  if (s.session && s.session.lang !== lang && !query.get('lang')) { lang = s.session.lang; name(); nodes.forEach((n) => n.el.remove()); nodes.clear(); }
  brand.textContent = s.session?.brand ?? '';
  first.textContent = [s.session?.disclosure || t.disclosure, s.session && !s.session.open ? t.closed : ''].filter(Boolean).join(' ');
  first.hidden = !s.session;
  let prev: Element = first;
  const alive = new Set<string>();
  s.msgs.forEach((m, i) => {
    const before = s.msgs[i - 1], same = !!before && before.author === m.author && before.name === m.name && Date.parse(m.at) - Date.parse(before.at) < 120_000, newest = i === s.msgs.length - 1;
    const key = [m.status, same, newest && m.choice?.length, m.text, m.why, m.files?.length].join('|');
    // An id given by the server replaces ours: the node moves over instead of blinking.
    let n = nodes.get(m.id);
    if (!n || n.key !== key) { const el = bubble(m, same, newest); if (n) { el.classList.add('still'); n.el.replaceWith(el); } n = { el, key }; nodes.set(m.id, n); }
    if (prev.nextElementSibling !== n.el) prev.after(n.el);
    prev = n.el;
    alive.add(m.id);
  });
  for (const [id, n] of nodes) if (!alive.has(id)) { n.el.remove(); nodes.delete(id); }
  if (s.rating === 'ask' && !rate) log.append((rate = ratings()));
  if (s.rating === 'done' && !thanks) { rate?.remove(); log.append((thanks = h('p', { class: 'm notice' }, t.thanks))); }
  dots.hidden = !s.typing;
  dots.lastElementChild!.textContent = s.typing ? t.types(s.typing === 'bot' ? t.bot : s.typing) : '';
  log.append(dots);
  net.hidden = s.net === 'online' || !s.session;
  net.textContent = s.net === 'offline' ? t.offline : t.connecting;
  const by = s.owner === 'human' && s.agent;
  document.body.className = s.owner;
  badge.replaceChildren(by ? [...s.agent][0].toUpperCase() : svg(s.owner === 'queue' ? face.human : face.bot, true));
  const line = !s.session ? t.connecting : by ? t.by(s.agent) : s.owner === 'queue' || s.owner === 'human' ? t.queue(s.wait > 1 ? Math.ceil(s.wait / 60) : 0) : s.owner === 'closed' ? t.over : t.byBot;
  if (who.textContent !== line) who.textContent = line;
  human.hidden = s.owner === 'human' || s.owner === 'queue';
  human.disabled = s.asked;
  if (s.asked && human.lastChild?.textContent !== t.asked) human.replaceChildren(svg(face.hand, true), t.asked); else if (!s.asked && human.lastChild?.textContent !== t.human) human.replaceChildren(svg(face.hand, true), t.human);
  if (stick) log.scrollTop = log.scrollHeight;
  if (s.msgs.some((m) => m.author === 'customer')) say('started');
  if (shown && !document.hidden) chat?.read();
  say('unread', shown ? 0 : (chat?.unread ?? 0));
}
const chat: Chat = new Chat(site, (s) => queueMicrotask(() => draw(s)));

addEventListener('keydown', (e) => { if (e.key === 'Escape') say('close'); });
addEventListener('message', (e) => {
  if (e.source !== parent || e.origin !== host) return;
  const { tandem: k, v } = e.data ?? {};
  if (k === 'open') { shown = true; stick = true; log.scrollTop = log.scrollHeight; field.focus(); chat.read(); }
  else if (k === 'hide') shown = false;
  else if (k === 'identify' && v) void chat.identify(v);
});
if (parent === window) shown = true;
draw(chat.state);
