import type { Words } from './pl';

// Only the language in use is fetched. `t` reads through a signal, so a change of language redraws.
export type Lang = 'pl' | 'en';
let words = $state.raw<Words>({} as Words);
let code = $state.raw<Lang>('pl');
let zone = $state.raw<string | undefined>(undefined);

export const t = new Proxy({} as Words, { get: (_, key: string) => words[key as keyof Words] });
export const lang = {
  get code() { return code; },
  /** use loads a catalogue and makes it the one in use. */
  async use(next: Lang) {
    const load = next === 'en' ? import('./en') : import('./pl');
    words = (await load).default;
    code = next;
    document.documentElement.lang = next;
  },
  /** zone is the company's: everybody at the desk reads the same hours. */
  set zone(z: string) { zone = z; },
};

/** word looks a composed key up, such as a code from the server, and falls back to what is given. */
export const word = (key: string, other = '') => { const w = words[key as keyof Words]; return typeof w === 'string' ? w : other; };

const cache = new Map<string, unknown>();
function made<T>(key: string, make: () => T): T {
  const k = `${code} ${zone} ${key}`;
  let f = cache.get(k) as T | undefined;
  if (!f) cache.set(k, (f = make()));
  return f;
}
// English is Europe's here: days before months, and hours to 24.
const region = () => (code === 'en' ? 'en-GB' : code);
const date = (key: string, o: Intl.DateTimeFormatOptions) => made(key, () => { try { return new Intl.DateTimeFormat(region(), { ...o, timeZone: zone }); } catch { return new Intl.DateTimeFormat(region(), o); } });
const number = (digits: number, sign = false) => made(`n${digits}${sign}`, () => new Intl.NumberFormat(code, { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign ? 'exceptZero' : 'auto' }));

export const fmt = {
  time: (at: string) => date('time', { hour: '2-digit', minute: '2-digit' }).format(new Date(at)),
  date: (at: string) => date('date', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at)),
  full: (at: string) => date('full', { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at)),
  size: (x: number) => (x < 1e6 ? `${number(0).format(Math.max(1, Math.round(x / 1e3)))} kB` : `${number(1).format(x / 1e6)} MB`),
  num: (x: number, digits = 0) => number(digits).format(x),
  signed: (x: number, digits = 2) => number(digits, true).format(x).replace('-', '−'),
  pct: (x: number) => `${Math.round(x * 100)}%`,
  secs: (ms: number) => `${number(ms < 10_000 ? 1 : 0).format(ms / 1000)} s`,
  /** day names a date as people do: today's hour, yesterday, a weekday, a date. */
  day(at: string, now: number) {
    const key = (x: number) => date('key', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(x);
    const d = new Date(at).getTime();
    if (key(d) === key(now)) return fmt.time(at);
    if (d > now) return key(d) === key(now + 86_400_000) ? made('rel', () => new Intl.RelativeTimeFormat(code, { numeric: 'auto' })).format(1, 'day') : date(d - now < 6 * 86_400_000 ? 'wd' : 'dm', d - now < 6 * 86_400_000 ? { weekday: 'short' } : { day: 'numeric', month: 'short' }).format(d);
    const days = Math.round((now - d) / 86_400_000);
    if (days <= 1) return made('rel', () => new Intl.RelativeTimeFormat(code, { numeric: 'auto' })).format(-1, 'day');
    return days < 6 ? date('wd', { weekday: 'short' }).format(d) : date('dm', { day: 'numeric', month: 'short' }).format(d);
  },
  /** until names a moment to come: its hour, and its day where that is not today. */
  until(at: string, now: number) { const day = fmt.day(at, now), hour = fmt.time(at); return day === hour ? hour : `${day}, ${hour}`; },
  /** wait is a length in seconds as short as it can be read: 0:48, 9 min, 3 h. */
  wait(s: number) {
    s = Math.max(0, Math.floor(s));
    if (s < 300) return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
    if (s < 5400) return `${Math.floor(s / 60)} min`;
    return s < 86_400 * 2 ? `${Math.round(s / 3600)} h` : `${Math.round(s / 86_400)} d`;
  },
  ago(s: number) {
    const f = made('ago', () => new Intl.RelativeTimeFormat(code, { numeric: 'always' }));
    s = Math.max(1, Math.floor(s));
    return s < 60 ? f.format(-s, 'second') : s < 3600 ? f.format(-Math.floor(s / 60), 'minute') : s < 86_400 ? f.format(-Math.floor(s / 3600), 'hour') : f.format(-Math.floor(s / 86_400), 'day');
  },
  list: (x: string[]) => made('list', () => new Intl.ListFormat(code, { type: 'conjunction' })).format(x),
};

/** upper begins a sentence with a capital letter. */
export const upper = (s: string) => (s ? s[0].toUpperCase() + s.slice(1) : s);
export const lower = (s: string) => (s ? s[0].toLowerCase() + s.slice(1) : s);
/** spoken names a language in the language of the desk. */
export const spoken = (l: string) => { try { return made('lang', () => new Intl.DisplayNames([code], { type: 'language' })).of(l) ?? l; } catch { return l; } };
/** moodWord names a score, so that a colour never stands alone. */
export const moodWord = (s: number) => (s < -0.6 ? t.moodVeryBad : s < -0.25 ? t.moodBad : s > 0.6 ? t.moodVeryGood : s > 0.25 ? t.moodGood : t.moodNeutral);
/** topic names a touchpoint; the titles come with the session. */
const titles = new Map<string, string>();
export const topic = (id: string | undefined) => (id ? titles.get(id) ?? word(`tp_${id}`, id.replaceAll('_', ' ')) : '');
export const nameTopics = (list: { id: string; title: string }[]) => list.forEach((x) => titles.set(x.id, x.title));
