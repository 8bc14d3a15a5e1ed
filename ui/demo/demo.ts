// The customer's phone of the demo. It plays the platform's side only: what is typed goes to the
// simulator, which calls tandem as the platform would; what it shows is what reached the customer.
import './demo.css';
import { h, svg, type Kid } from '../shared/dom';
import { ideas, places, type Idea, type Place } from './places';

interface Out { id: string; to: string; text: string; at: string; public: boolean; kind: string }
interface Line { id: string; mine: boolean; text: string; at: number; state?: 'failed'; kind?: string }

let user = sessionStorage.getItem('user') ?? 'marek', place = places[0];
const users = ['marek', 'kasia', 'natalia', 'joanna'];
const sent = (): (Line & { place: string })[] => { try { return JSON.parse(sessionStorage.getItem(`sent.${user}`) ?? '[]'); } catch { return []; } };
const keep = (l: (Line & { place: string })[]) => sessionStorage.setItem(`sent.${user}`, JSON.stringify(l.slice(-200)));
let outbox: Out[] = [], waiting = 0;

function icon(name: string) {
  const ns = 'http://www.w3.org/2000/svg', s = document.createElementNS(ns, 'svg'), u = document.createElementNS(ns, 'use');
  u.setAttribute('href', `#i-${name}`);
  s.setAttribute('aria-hidden', 'true');
  s.classList.add('ic');
  s.append(u);
  return s;
}
// The customers of the demo are in Poland, wherever it is looked at.
const time = (at: number) => new Intl.DateTimeFormat('pl', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Warsaw' }).format(at);
const tell = (path: string, body: object) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }).catch(() => null);
/** Whoever looks at the phone has read what is on it: the platform tells the company so. */
const read = (p: Place) => { if (p.reads && !document.hidden) void tell(`/sim/${p.outbox}/read`, { from: user }); };

async function say(text: string, p = place, hoursAgo = 0) {
  text = text.trim();
  if (!text) return;
  const line = { id: `${Date.now()}${Math.random()}`, mine: true, text, at: Date.now() - hoursAgo * 3_600_000, place: p.id } as Line & { place: string };
  keep([...sent(), line]);
  waiting = Date.now();
  draw();
  const r = await tell(p.post, { from: user, text, ...(p.public ? { post: 'p1' } : {}), ...(hoursAgo ? { hours_ago: hoursAgo } : {}) });
  if (!r?.ok) { keep(sent().map((x) => (x.id === line.id ? { ...x, state: 'failed' as const } : x))); waiting = 0; draw(); }
  void poll();
}

let busy = false;
async function poll() {
  if (busy || document.hidden) return;
  busy = true;
  const r = await fetch(`/sim/${place.outbox}/outbox?to=${encodeURIComponent(user)}`).catch(() => null);
  busy = false;
  if (!r?.ok) return;
  const list: Out[] = (await r.json()) ?? [];
  if (list.length !== outbox.length || list.at(-1)?.id !== outbox.at(-1)?.id) { if (list.length > outbox.length) waiting = 0; outbox = list; draw(); read(place); }
  else if (waiting && Date.now() - waiting > 6000) { waiting = 0; draw(); }
}
setInterval(poll, 700);
document.addEventListener('visibilitychange', () => void poll());

function lines(): Line[] {
  const theirs = outbox.filter((o) => o.public === place.public && o.kind !== 'reaction').map((o): Line => ({ id: o.id, mine: false, text: o.text, at: Date.parse(o.at), kind: o.kind }));
  return [...sent().filter((x) => x.place === place.id), ...theirs].sort((a, b) => a.at - b.at);
}

const app = document.getElementById('app')!;
const log = h('div', { class: 'log', role: 'log', 'aria-label': 'Wiadomości', tabindex: 0 });
const field = h('input', { 'aria-label': 'Wiadomość', placeholder: 'Napisz wiadomość…', autocomplete: 'off', maxlength: 1000 });
const form = h('form', { class: 'write', onsubmit: (e: Event) => { e.preventDefault(); void say(field.value); field.value = ''; } }, field, h('button', { 'aria-label': 'Wyślij' }, svg('M5 12h14M12 5l7 7-7 7', true)));
const head = h('header', { class: 'top' }), tabs = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Aplikacja' }), people = h('div', { class: 'people', role: 'group', 'aria-label': 'Kto pisze' }), list = h('ul', { class: 'ideas' });
const clock = h('span', {}), post = h('div', { class: 'post' });
const own = h('input', { 'aria-label': 'Inna nazwa użytkownika', placeholder: 'inna nazwa', maxlength: 30, autocomplete: 'off', onkeydown: (e: KeyboardEvent) => { if (e.key === 'Enter' && own.value.trim()) be(own.value.trim().toLowerCase().replace(/\s+/g, '.')); } });

function be(name: string) { user = name; sessionStorage.setItem('user', name); if (!users.includes(name)) users.push(name); outbox = []; waiting = 0; own.value = ''; draw(); void poll(); }
function open(p: Place) { place = p; outbox = []; waiting = 0; draw(); void poll(); }
function idea(i: Idea) {
  if (i.who === 'ktoś nowy') be(`nowa.osoba${Math.floor(Math.random() * 900 + 100)}`);
  else if (i.who && i.who !== user) be(i.who);
  const at = places.find((p) => p.id === i.place);
  if (at && at !== place) open(at);
  void say(i.text, place, i.hoursAgo);
}
const about: Record<string, string> = { marek: 'zamówienie 48213, paczka spóźniona', kasia: 'zamówienie 48377, dziś w drodze', natalia: 'zamówienie 48344, spóźnione, dostawa płatna', joanna: 'zwrot 47930, WhatsApp' };

function bubble(l: Line, i: number, all: Line[]): HTMLElement {
  if (place.public) return h('div', { class: `comment ${l.mine ? '' : 'shop'}` }, h('i', { class: `av ${l.mine ? 'me' : 'brand'}` }, l.mine ? user[0].toUpperCase() : 'MS'), h('p', {}, h('b', {}, l.mine ? user : 'modnaszafa'), ' ', l.text, h('small', {}, `${time(l.at)}${l.state ? ', nie wysłano' : ''}`)));
  const end = all[i + 1]?.mine !== l.mine;
  return h('div', { class: `b ${l.mine ? 'mine' : 'theirs'} ${end ? 'end' : ''}` }, h('p', {}, l.text), end && h('small', {}, `${time(l.at)}${l.state ? ', nie wysłano' : ''}${l.kind === 'private_reply' ? ', odpowiedź na komentarz' : ''}`));
}

function draw() {
  document.body.dataset.place = place.id;
  clock.textContent = time(Date.now());
  tabs.replaceChildren(...places.map((p) => h('button', { role: 'tab', 'aria-selected': String(p === place), class: p.icon, onclick: () => open(p) }, icon(p.icon), h('span', {}, p.title))));
  people.replaceChildren(...users.map((u) => h('button', { 'aria-pressed': String(u === user), onclick: () => be(u) }, h('b', {}, u), h('span', {}, about[u] ?? 'nowa osoba, niepotwierdzona'))), own);
  head.replaceChildren(h('i', { class: 'av brand ring' }, 'MS'), h('div', {}, h('b', {}, place.public ? 'modnaszafa' : 'Modna Szafa'), h('span', {}, place.public ? 'Post publiczny' : 'Zwykle odpowiada w kilka sekund')));
  post.hidden = !place.public;
  form.querySelector('input')!.placeholder = place.public ? 'Dodaj komentarz…' : 'Napisz wiadomość…';
  const all = lines(), kids: Kid[] = all.map(bubble);
  if (!all.length) kids.push(h('p', { class: 'none' }, place.public ? 'Nie ma jeszcze komentarzy.' : `Piszesz jako ${user}. Wybierz zdanie obok albo napisz swoje.`));
  if (waiting) kids.push(h('div', { class: 'sent' }, 'Wysłano'));
  const down = log.scrollHeight - log.scrollTop - log.clientHeight < 90;
  log.replaceChildren(...kids.filter((x): x is HTMLElement => !!x));
  if (down) log.scrollTop = log.scrollHeight;
}

list.append(...ideas.map((i) => h('li', {}, h('button', { class: i.tone, onclick: () => idea(i) }, h('b', {}, i.who ? `${i.who}: ` : '', i.text), h('span', {}, i.hint)))));
post.append(h('div', { class: 'photo', role: 'img', 'aria-label': 'Zdjęcie kolekcji zimowej' }, svg('M8 4 5 6 2 11l3 2 1-1v8h12v-8l1 1 3-2-3-5-3-2q-4 4-8 0z', true)), h('p', {}, h('b', {}, 'modnaszafa'), ' Kolekcja zima 2026 już jest. Który kolor wybierasz?'));
app.append(h('main', {},
  h('section', { class: 'side', 'aria-label': 'Scenariusze' },
    h('p', { class: 'badge' }, 'wersja pokazowa'), h('h1', {}, 'Telefon klienta'), h('p', { class: 'lead' }, 'Pisz jak klient. Obok, przy biurku obsługi, zobaczysz, co robi bot, a kiedy ustępuje człowiekowi.'),
    h('h2', {}, 'Kto pisze'), people, h('h2', {}, 'Zdania na początek'), list),
  h('div', { class: 'phone' }, h('div', { class: 'screen' }, h('div', { class: 'status' }, clock, h('i', {}), h('span', {}, '5G')), tabs, head, post, log, form, h('div', { class: 'home' }))),
  h('section', { class: 'links', 'aria-label': 'Dalej' }, h('h2', {}, 'Druga strona'), h('a', { href: '/', target: '_blank', rel: 'noopener' }, h('b', {}, 'Biurko obsługi'), h('span', {}, 'ola@demo.pl, hasło demo')), h('a', { href: '/demo/shop', target: '_blank', rel: 'noopener' }, h('b', {}, 'Sklep z czatem'), h('span', {}, 'widżet na stronie sklepu')), h('p', { class: 'how' }, 'Telefon jest symulatorem: wiadomość trafia do tandem tak, jak wysłałaby ją platforma, a tu widać tylko to, co naprawdę doszło do klienta.'))));
draw();
void poll();
