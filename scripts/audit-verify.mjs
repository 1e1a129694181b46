/** `npm run audit:verify`: walks the audit trail of the records; ends with 1 at the place where it does not fit. */
import { nodePath, root } from './setup/paths.mjs';
import { run, toolEnv } from './setup/run.mjs';

const verified = await run(nodePath, [`${root}/server/verify-audit.ts`, ...process.argv.slice(2)], {
  cwd: process.cwd(),
  env: toolEnv(),
});
process.exit(verified ?? 2);
