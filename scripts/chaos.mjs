/** `npm run chaos`: kill -9 of desks, server and PostgreSQL while all edit; what follows `--` goes to it. */
import { onSomeScreen } from './screen.mjs';
import { nodePath } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit('test');
const { command, args } = onSomeScreen(nodePath, ['e2e/chaos/chaos.ts', ...process.argv.slice(2)]);
process.exit((await run(command, args, { env: toolEnv() })) ?? 1);
