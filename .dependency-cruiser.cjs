// The arrows of docs/adr/0001 and ARCHITECTURE: protocol ← api ← controller ← {journal, zmq, gateway, paper} ← host ← electron.
const layers = [
  { name: 'protocol', mayUse: [] },
  { name: 'api', mayUse: ['protocol'] },
  { name: 'controller', mayUse: ['protocol', 'api'] },
  { name: 'journal', mayUse: ['protocol', 'api', 'controller'] },
  { name: 'zmq', mayUse: ['protocol', 'api', 'controller'] },
  { name: 'gateway', mayUse: ['protocol', 'api', 'controller', 'zmq'] },
  { name: 'paper', mayUse: ['protocol', 'api', 'controller'] },
  { name: 'client', mayUse: ['protocol'] },
  { name: 'host', mayUse: ['protocol', 'api', 'controller', 'journal', 'zmq', 'gateway', 'paper'] },
];

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.config\\.'] }, to: {} },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    ...layers.map(({ name, mayUse }) => ({
      name: `${name}-arrows`,
      severity: 'error',
      from: { path: `^src/${name}/` },
      to: { path: '^(src|electron|renderer|test|scripts)/', pathNot: `^src/(${[name, ...mayUse].join('|')})/` },
    })),
    {
      name: 'renderer-arrows',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(src|electron|test|scripts)/', pathNot: '^src/(api|protocol)/' },
    },
    {
      name: 'electron-arrows',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|test|scripts)/' },
    },
    {
      name: 'pure-folders-know-no-platform',
      severity: 'error',
      from: { path: '^src/(protocol|api|controller)/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'only-electron-imports-electron',
      severity: 'error',
      from: { pathNot: '^(electron/|test/)' },
      to: { path: 'node_modules/electron/|^electron$' },
    },
    {
      name: 'sockets-in-their-folders',
      severity: 'error',
      from: { pathNot: '^(src/(zmq|gateway|paper|client)|test)/' },
      to: { path: 'node_modules/zeromq/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
