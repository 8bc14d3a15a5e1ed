// Starts a whole tandem with the demo company on a free port, and a Chromium to look at it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
// How long a test waits for what must happen. It only ends what is broken, so no machine is too slow for it.
const patience = 180_000;
// Nothing is drawn for an eye: what a graphics card would do costs the processor most of a page.
const args = ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'];
// Errors that the browser reports by itself and that the tests bring about.
const expected = /401 \(Unauthorized\)|404 \(Not Found\)|409 \(Conflict\)|ERR_INTERNET_DISCONNECTED/;

/** world builds the program (or takes TANDEM_BIN), starts the demo and waits until it serves. */
export async function world() {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-browser-'));
  let bin = process.env.TANDEM_BIN;
  if (!bin) { bin = join(dir, 'tandem'); execFileSync('go', ['build', '-o', bin, './cmd/tandem'], { cwd: root, stdio: 'inherit' }); }
  // Before the program is started: where there is no browser, nothing is left running.
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({ executablePath, args, timeout: patience });
  // The program chooses the port itself: one that was looked up before may be taken by then.
  const program = spawn(bin, ['demo', '--addr', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((good) => program.once('exit', good));
  const base = await new Promise((good, bad) => {
    let said = '';
    program.stdout.setEncoding('utf8').on('data', (text) => { said += text; const at = /http:\/\/\S+(?=\s)/.exec(said); if (at) good(at[0]); });
    ended.then((code) => bad(new Error(`the demo ended with ${code} before it served`)));
  });
  await until(async () => (await fetch(`${base}/readyz`).catch(() => null))?.ok, 'the demo serves');
  const faults = [];

  /** page opens a window of its own; what the browser complains about fails the test at the end. */
  async function page(o = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'pl-PL', colorScheme: 'light', reducedMotion: 'reduce', ...o });
    context.setDefaultTimeout(patience);
    await context.addInitScript(remember);
    const p = await context.newPage();
    p.on('pageerror', (e) => faults.push(`page: ${e.message}`));
    p.on('console', (m) => { if (m.type() === 'error' && !expected.test(m.text())) faults.push(`console: ${m.text()}`); });
    return p;
  }
  /** desk opens the desk signed in. */
  async function desk(who = 'ola@demo.pl', o = {}) {
    const p = await page(o);
    const r = await p.request.post(`${base}/api/login`, { data: { email: who, password: 'demo' }, headers: { Origin: base } });
    if (!r.ok()) throw new Error(`login answered ${r.status()}`);
    await p.goto(`${base}/`);
    await p.waitForSelector('nav');
    return p;
  }
  const post = async (path, body) => { const r = await fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }); if (!r.ok) throw new Error(`${path} answered ${r.status}`); return r.json(); };
  const reached = async (to, platform = 'instagram') => (await fetch(`${base}/sim/${platform}/outbox?to=${to}`)).json();
  return {
    base, page, desk, faults, reached,
    writes: (from, text, place = 'instagram/dm', more = {}) => post(`/sim/${place}`, { from, text, ...more }),
    fault: (target, mode, seconds = 0) => post('/sim/faults', { target, mode, seconds }),
    /** gets waits until something has reached a customer and returns all that did. */
    gets: (to, what, platform) => until(async () => { const l = await reached(to, platform); return l.length && l; }, what),
    async end() {
      await browser.close();
      program.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** until waits for a condition by asking for it. */
export async function until(what, name) {
  for (const end = Date.now() + patience; ;) {
    const got = await what();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited in vain until ${name}`);
    await new Promise((go) => setTimeout(go, 60));
  }
}

// Runs in every page before its own scripts: what was said at the lower edge is gone after a few seconds.
function remember() {
  window.toasts = [];
  new MutationObserver((all) => { for (const { addedNodes } of all) for (const n of addedNodes) if (n.classList?.contains('toast')) window.toasts.push(n.innerText); }).observe(document, { childList: true, subtree: true });
}
/** said is all that the desk has said at its lower edge since the page was loaded. */
export const said = (page) => page.evaluate(() => window.toasts);
/** hears waits until the desk has said something at its lower edge, as often as given. */
export const hears = (page, text, times = 1) => until(async () => (await said(page)).filter((x) => x.includes(text)).length >= times, `the desk says: ${text}`);

/** keys presses keys one right after another, as a pair of them wants it. */
export const keys = (page, ...all) => Promise.all(all.map((k) => page.keyboard.press(k)));

/** held keeps requests of pages waiting until as many of them are there as given, and lets all go when told. */
export async function held(pages, path, count = 1) {
  let let_go, there, n = 0;
  const open = new Promise((good) => { let_go = good; }), all = new Promise((good) => { there = good; });
  for (const p of pages) await p.route(path, async (r) => { if (++n === count) there(); await open; await r.continue(); });
  return { let_go, all };
}

/** audit runs axe on a page and returns the violations in one line each. */
export async function audit(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 140)).join(' | ')}`);
}
