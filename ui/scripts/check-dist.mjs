// Fails when ui/dist is not what the sources build to.
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files, make } from './build.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const tmp = mkdtempSync(join(tmpdir(), 'tandem-dist-'));
const wrong = [];
try {
  await make(tmp);
  const [have, want] = [existsSync(dist) ? files(dist) : [], files(tmp)];
  for (const f of new Set([...have, ...want])) {
    if (!have.includes(f)) wrong.push(`missing ${f}`);
    else if (!want.includes(f)) wrong.push(`left over ${f}`);
    // Compressed bytes may differ between versions of zlib; what they unpack to is checked by name.
    else if (!/\.(br|gz)$/.test(f) && !readFileSync(join(dist, f)).equals(readFileSync(join(tmp, f)))) wrong.push(`differs ${f}`);
  }
} finally {
  rmSync(tmp, { recursive: true, force: true });
}
if (wrong.length) {
  console.error(`ui/dist is not what the sources build to; run npm run build\n${wrong.join('\n')}`);
  process.exit(1);
}
console.log('ui/dist is what the sources build to');
