import { run, toolEnv } from './setup/run.mjs';

/**
 * Runs every stage, also after one has failed, naming each with its time; answers with the names of the failed.
 *
 * @param {readonly { name: string, command: string, args: readonly string[] }[]} stages
 * @returns {Promise<readonly string[]>}
 */
export const runStages = async (stages) => {
  const failed = [];
  for (const { name, command, args } of stages) {
    const startedAt = Date.now();
    console.log(`\n── ${name}`);
    const code = await run(command, args, { env: toolEnv() });
    console.log(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    if (code !== 0) failed.push(name);
  }
  return failed;
};
