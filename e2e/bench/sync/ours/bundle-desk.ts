import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../../../..');

/** Bundles the headless desk as the desk's main process is bundled for its users; answers the module's path. */
export const bundleDesk = async (): Promise<string> => {
  const outDir = join(root, 'out/bench-sync');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3-multiple-ciphers'] },
    build: {
      ssr: join(import.meta.dirname, 'desk-client.ts'),
      outDir,
      target: 'node20.18',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'desk-client.js' } },
    },
  });
  return join(outDir, 'desk-client.js');
};
