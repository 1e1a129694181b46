/** The house's walls (docs/architecture.md), type imports counted. */
const rooms = ['domain', 'contract', 'electron', 'renderer', 'server', 'web'];

/** What each room may import of ours. */
const mayImport = {
  domain: ['domain'],
  contract: ['contract', 'domain'],
  electron: ['electron', 'contract', 'domain'],
  renderer: ['renderer', 'contract', 'domain'],
  server: ['server', 'contract', 'domain'],
  web: ['web', 'contract', 'domain'],
};

const walls = rooms.map((room) => ({
  name: `${room}-keeps-to-its-side`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: {
    path: '^(domain|contract|electron|renderer|server|web|e2e|scripts|build)/',
    pathNot: `^(${mayImport[room].join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...walls,
    { name: 'no-cycles', severity: 'error', from: { pathNot: '^renderer/app/store/' }, to: { circular: true } },
    {
      name: 'no-cycles-in-the-store',
      comment: 'A slice types its thunks by the store that is made of it: there types alone may go round.',
      severity: 'error',
      from: { path: '^renderer/app/store/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-node-in-the-window',
      comment:
        'The renderer is sandboxed, the public page runs in any browser: no Node module, no package that needs one.',
      severity: 'error',
      from: { path: '^(renderer|web|domain|contract)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-node-package-in-the-window',
      severity: 'error',
      from: { path: '^(renderer|web|domain|contract)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: 'node_modules/(electron|better-sqlite3-multiple-ciphers|ws|fastify|kysely|pg|werift|argon2|pino)/' },
    },
    {
      name: 'media-behind-the-port',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/telephony/' },
      to: { path: 'node_modules/werift/' },
    },
    {
      name: 'unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
