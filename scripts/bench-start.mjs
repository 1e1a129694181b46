/** `npm run bench:start`: the desk's cold start against an empty page in the same Electron. */
import { onSomeScreen } from './screen.mjs';
import { nodePath } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('test');
const { command, args } = onSomeScreen(nodePath, ['e2e/bench/start.ts']);
process.exit((await run(command, args, { env: toolEnv() })) ?? 1);
