import { fileURLToPath } from 'node:url';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { sprite, names } from './scripts/icons.mjs';

const here = (p) => fileURLToPath(new URL(p, import.meta.url));

// Class names of scoped styles come from the style itself: the same sources build to the same bytes in
// any folder and on any day, which scripts/check-dist.mjs relies on.
export const svelteOptions = {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, cssHash: ({ hash, css }) => `s${hash(css)}` },
};

const html = () => ({ name: 'sprite', buildStart: names, transformIndexHtml: (text) => text.replace('<!--sprite-->', sprite()) });

// The Polish words are asked for by the page itself and not only by the script that needs them: one trip less.
const preload = () => ({ name: 'preload', transformIndexHtml: { order: 'post', handler: (text, { bundle }) => { const f = Object.keys(bundle ?? {}).find((n) => /assets\/pl-.*\.js$/.test(n)); return f ? text.replace('</head>', `  <link rel="modulepreload" crossorigin href="/${f}">\n  </head>`) : text; } } });

const shared = (outDir) => ({
  configFile: false,
  logLevel: 'warn',
  base: '/',
  publicDir: false,
  build: {
    target: 'es2022', outDir, emptyOutDir: false, assetsInlineLimit: 0, sourcemap: false, reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rollupOptions: { output: { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js', assetFileNames: 'assets/[name]-[hash][extname]' } },
  },
});

/** builds lists the separate builds: they share no chunk, so the widget never loads a byte of the desk. */
export function builds(outDir) {
  const desk = shared(outDir), frame = shared(outDir), demo = shared(outDir), loader = shared(outDir);
  desk.root = here('desk'); desk.plugins = [svelte({ ...svelteOptions, configFile: false }), html(), preload()];
  // What every screen needs is one file; left alone it would be a dozen small ones.
  desk.build.rollupOptions.output.codeSplitting = { groups: [{ name: 'core', test: /node_modules|[\\/]src[\\/](parts|state|text|thread|inbox|context|login|api|routes|commands|keys|words[\\/]index|App|main)|[\\/]shared[\\/]/ }] };
  desk.worker = { format: 'es', rollupOptions: { output: { entryFileNames: 'assets/[name]-[hash].js' } } };
  frame.root = here('widget'); frame.build.rollupOptions.input = here('widget/frame.html');
  demo.root = here('demo'); demo.plugins = [html()]; demo.build.rollupOptions.input = [here('demo/demo.html'), here('demo/shop.html')];
  loader.root = here('widget');
  loader.build.lib = { entry: here('widget/loader.ts'), formats: ['iife'], name: 'tandemLoader', fileName: () => 'widget.js' };
  loader.build.rollupOptions = {};
  return [desk, frame, demo, loader];
}

export default {
  root: here('desk'),
  plugins: [svelte({ ...svelteOptions, configFile: false }), html()],
  resolve: { conditions: ['browser'] },
  server: { host: '127.0.0.1', proxy: Object.fromEntries(['/api', '/widget', '/sim'].map((p) => [p, 'http://127.0.0.1:8080'])) },
  // The limits only end what hangs: a slow machine takes its time.
  test: { environment: 'happy-dom', root: here('.'), include: ['test/**/*.unit.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
};
