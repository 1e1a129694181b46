/**
 * `npm test`: set-up, then everything that proves the product, in stages. A stage that fails does not
 * hide the next. Ends with one line `N passed, N failed`, counting each test and each static check.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from './checks.mjs';
import { onSomeScreen } from './screen.mjs';
import { root } from './setup/paths.mjs';
import { setUpOrExit } from './setup.mjs';
import { runStages } from './stages.mjs';

await setUpOrExit('test');

const reports = join(root, 'out/reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @param {'unit' | 'e2e'} project */
const reportOf = (project) => join(reports, `${project}.json`);

/** @param {'unit' | 'e2e'} project */
const vitest = (project) => ({
  name: `${project} tests`,
  ...onSomeScreen('vitest', [
    'run',
    ...['--project', project, '--reporter', 'default', '--reporter', 'json', '--outputFile.json', reportOf(project)],
  ]),
});

const failedChecks = await runStages(checks);
const failedRuns = await runStages([vitest('unit'), vitest('e2e')]);

/** The first words of what failed, at the very end, where a log that is cut still has them. */
const mostWords = 600;

/** @param {{ testResults: { assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} report */
const sayFailures = (report) => {
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { fullName, failureMessages } of all.filter(({ status }) => status === 'failed'))
    console.log(`FAILED: ${fullName}\n${(failureMessages[0] ?? '').slice(0, mostWords)}`);
};

let passed = checks.length - failedChecks.length;
let failed = failedChecks.length;
for (const project of /** @type {const} */ (['unit', 'e2e'])) {
  if (!existsSync(reportOf(project))) {
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(reportOf(project), 'utf8'));
  passed += report.numPassedTests;
  sayFailures(report);
  // A file that could not be loaded counts no test, yet it failed.
  failed += report.numFailedTests + (report.success || report.numFailedTests > 0 ? 0 : 1);
}
for (const name of [...failedChecks, ...failedRuns]) console.log(`FAILED: ${name}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && failedRuns.length === 0 ? 0 : 1);
