/** What can be told without running the product: each a command of `node_modules/.bin`. */
export const checks = [
  { name: 'lint and format', command: 'biome', args: ['check', '--error-on-warnings', '.'] },
  ...['domain', 'contract', 'server', 'electron', 'renderer', 'web', 'scripts', '.'].map((zone) => ({
    name: `types of ${zone === '.' ? 'the tests' : zone}`,
    command: 'tsc',
    args: ['-p', zone],
  })),
  {
    name: 'directions between the rooms',
    command: 'depcruise',
    args: ['--config', '.dependency-cruiser.cjs', 'domain', 'contract', 'server', 'electron', 'renderer', 'web'],
  },
  { name: 'nothing unused', command: 'knip', args: [] },
];
