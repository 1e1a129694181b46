import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { pagePath } from './contract/web-paths.ts';

/** The public page (web/), for the browsers that people have: those of the last four years. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'web'),
  base: pagePath,
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, 'out/web'),
    emptyOutDir: true,
    target: ['chrome105', 'edge105', 'firefox105', 'safari15.4'],
    // Inlined files would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
