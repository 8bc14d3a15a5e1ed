// Fails when a page grows past its budget. Sizes are what travels: gzip, fonts as they are.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { files } from './build.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const size = (f) => { const raw = readFileSync(join(dist, f)); return f.endsWith('.woff2') ? raw.length : gzipSync(raw, { level: 9 }).length; };

/** load returns what a page fetches before it can be used: itself, what it names, and static imports of those. */
function load(page) {
  const seen = new Set([page]);
  for (const f of seen) {
    if (!/\.(html|js|css)$/.test(f)) continue;
    const text = readFileSync(join(dist, f), 'utf8');
    const named = f.endsWith('.html') ? text.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)
      : f.endsWith('.css') ? text.matchAll(/url\(\/(assets\/[^)]+)\)/g)
      : text.matchAll(/(?:import|from)\s*"\.\/([^"]+)"/g);
    for (const m of named) seen.add(f.endsWith('.js') ? `assets/${m[1]}` : m[1]);
  }
  return [...seen];
}

const words = files(dist).filter((f) => /assets\/pl-.*\.js$/.test(f));
const inbox = files(dist).filter((f) => /assets\/Inbox-.*\.(js|css)$/.test(f));
const budgets = [
  ['desk, first load with fonts', [...new Set([...load('index.html'), ...words, ...inbox])], 165_000],
  ['widget, loader', ['widget.js'], 2_000],
  ['widget, everything', ['widget.js', ...load('frame.html')], 15_000],
];
let bad = false;
for (const [what, list, limit] of budgets) {
  const sum = list.reduce((a, f) => a + size(f), 0);
  if (sum > limit) bad = true;
  console.log(`${sum > limit ? 'OVER ' : 'ok   '}${what}: ${(sum / 1000).toFixed(1)} of ${limit / 1000} kB`);
  if (process.argv.includes('-v')) for (const f of list) console.log(`       ${(size(f) / 1000).toFixed(1).padStart(6)}  ${f}`);
}
process.exit(bad ? 1 : 0);
