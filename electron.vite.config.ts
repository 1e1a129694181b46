import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const here = (path: string): string => resolve(import.meta.dirname, path);

/**
 * What pdf.js fetches when a PDF needs it: character maps for Chinese text without embedded fonts, the
 * standard fonts, and the fax and JPEG 2000 decoders that do without WebAssembly.
 */
const pdfFiles = (): Plugin => ({
  name: 'pdf-files',
  generateBundle() {
    const wanted = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/, wasm: /_nowasm_fallback\.js$/ };
    for (const [folder, names] of Object.entries(wanted)) {
      const from = here(`node_modules/pdfjs-dist/${folder}`);
      for (const name of readdirSync(from).filter((one) => names.test(one))) {
        this.emitFile({ type: 'asset', fileName: `pdf/${folder}/${name}`, source: readFileSync(join(from, name)) });
      }
    }
  },
});

/**
 * Everything is bundled but better-sqlite3-multiple-ciphers, whose binary must be a file of its own: so the package
 * ships `out/` and that one module. Targets are those of Electron 33, the oldest we run on.
 */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      outDir: here('out/main'),
      target: 'node20.18',
      rolldownOptions: {
        input: { main: here('electron/main.ts') },
        external: ['better-sqlite3-multiple-ciphers'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      outDir: here('out/preload'),
      target: 'node20.18',
      rolldownOptions: {
        input: { preload: here('electron/preload.ts') },
        // A sandboxed preload script is CommonJS, in one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: here('renderer'),
    plugins: [react(), pdfFiles()],
    worker: { format: 'es' },
    build: {
      outDir: here('out/renderer'),
      target: 'chrome130',
      // Inlined files would be data: URLs, which the content security policy refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          desk: here('renderer/desk.html'),
          phone: here('renderer/phone.html'),
          paper: here('renderer/paper.html'),
        },
      },
    },
  },
});
