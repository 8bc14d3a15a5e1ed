// Starts a whole tandem with the demo company on a free port, and a Chromium to look at it.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = readFileSync(fileURLToPath(new URL('../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
const free = () => new Promise((good) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => good(port)); }); });

/** world builds the program (or takes TANDEM_BIN), starts the demo and waits until it serves. */
export async function world() {
  const dir = mkdtempSync(join(tmpdir(), 'tandem-browser-'));
  let bin = process.env.TANDEM_BIN;
  if (!bin) { bin = join(dir, 'tandem'); execFileSync('go', ['build', '-o', bin, './cmd/tandem'], { cwd: root, stdio: 'inherit' }); }
  // Before the program is started: where there is no browser, nothing is left running.
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const port = await free(), base = `http://127.0.0.1:${port}`;
  const program = spawn(bin, ['demo', '--addr', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((good) => program.once('exit', good));
  await until(async () => (await fetch(`${base}/readyz`).catch(() => null))?.ok, 'the demo serves', 20_000);
  const faults = [];

  /** page opens a window of its own; what the browser complains about fails the test at the end. */
  async function page(o = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'pl-PL', colorScheme: 'light', ...o });
    const p = await context.newPage();
    p.on('pageerror', (e) => faults.push(`page: ${e.message}`));
    p.on('console', (m) => { if (m.type() === 'error' && !/401 \(Unauthorized\)|404 \(Not Found\)|409 \(Conflict\)|ERR_INTERNET_DISCONNECTED/.test(m.text())) faults.push(`console: ${m.text()}`); });
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
  return {
    base, page, desk, faults,
    writes: (from, text, place = 'instagram/dm', more = {}) => post(`/sim/${place}`, { from, text, ...more }),
    fault: (target, mode, seconds = 0) => post('/sim/faults', { target, mode, seconds }),
    reached: async (to, platform = 'instagram') => (await fetch(`${base}/sim/${platform}/outbox?to=${to}`)).json(),
    async end() {
      await browser.close();
      program.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** until waits for a condition by asking for it, at most ms. */
export async function until(what, name, ms = 10_000) {
  for (const end = Date.now() + ms; ;) {
    const got = await what();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited in vain until ${name}`);
    await new Promise((go) => setTimeout(go, 60));
  }
}

/** toast is what the desk says at its lower edge; one that is fading out beside a newer one is not meant. */
export const toast = (page, text) => page.locator('.toast:not([inert])', { hasText: text });

/** audit runs axe on a page and returns the violations in one line each. */
export async function audit(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 140)).join(' | ')}`);
}
