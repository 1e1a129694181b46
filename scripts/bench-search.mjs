/** `npm run bench:search`: our search as one types, beside MiniSearch and FlexSearch. */
import { nodePath } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('test');
process.exit((await run(nodePath, ['e2e/bench/search-as-typed.ts'], { env: toolEnv() })) ?? 1);
