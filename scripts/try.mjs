/** `npm run try`: the whole main job without hands, on a machine with a screen or without. */
import { onSomeScreen } from './screen.mjs';
import { nodePath } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('test');
const { command, args } = onSomeScreen(nodePath, ['e2e/try/try.ts', ...process.argv.slice(2)]);
process.exit((await run(command, args, { env: toolEnv() })) ?? 1);
