/** `npm run check`: everything that can be told without running the product. */
import { checks } from './checks.mjs';
import { setUpOrExit } from './setup.mjs';
import { runStages } from './stages.mjs';

await setUpOrExit('test');
const failed = await runStages(checks);
process.exit(failed.length === 0 ? 0 : 1);
