// Builds everything into ui/dist, which is committed: running tandem needs Go alone.
import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';
import { build } from 'vite';
import { builds } from '../vite.config.mjs';

const ui = fileURLToPath(new URL('..', import.meta.url));

/** files lists the files below a folder, sorted, as paths relative to it. */
export const files = (dir) => readdirSync(dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name).slice(dir.length + 1)).sort();

/** make builds into a folder that is emptied first. */
export async function make(out) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const config of builds(out)) await build(config);
  for (const f of files(out)) {
    if (!/\.(js|css|html|svg|json|webmanifest)$/.test(f)) continue;
    const raw = readFileSync(join(out, f));
    if (raw.length < 400) continue;
    // Compressed once, here, at the highest setting; the server only picks a file. The gzip header's
    // time is zero in Node, so the bytes depend on the content alone.
    writeFileSync(join(out, f + '.br'), brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } }));
    writeFileSync(join(out, f + '.gz'), gzipSync(raw, { level: 9 }));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const began = performance.now();
  await make(join(ui, 'dist'));
  console.log(`ui/dist: ${files(join(ui, 'dist')).length} files in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
