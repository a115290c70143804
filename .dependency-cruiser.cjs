// The rooms of src and their arrows: base ← domain ← protocol ← api ← controller ← {journal, zmq, paper} ← gateway ← host ← electron.
const pure = ['base', 'domain', 'protocol', 'api', 'controller'];
const layers = [
  ...pure.map((name, floor) => ({ name, mayUse: pure.slice(0, floor) })),
  { name: 'journal', mayUse: pure },
  { name: 'zmq', mayUse: pure },
  { name: 'paper', mayUse: pure },
  { name: 'gateway', mayUse: [...pure, 'zmq'] },
  { name: 'client', mayUse: ['base', 'domain', 'protocol'] },
  { name: 'host', mayUse: [...pure, 'journal', 'zmq', 'gateway', 'paper'] },
];

/** Floors of a part from the ground up: a room may import what lies below it. '.' is the part's own folder. */
const floors = {
  'src/domain': [['.'], ['arithmetic'], ['market'], ['sizing'], ['accountRules'], ['risk'], ['orders']],
  'src/protocol': [['protocol8'], ['ea'], ['gateway']],
  'src/api': [['settings'], ['state'], ['queries'], ['.'], ['rpc'], ['presentation']],
  'src/controller': [
    ['ports'],
    ['alarms'],
    ['records', 'statistics'],
    ['account', 'orders', 'diagnostics'],
    ['risk', 'session', 'protector'],
    ['signals'],
    ['bridge'],
    ['.'],
  ],
  'src/journal': [['rows'], ['file', 'writer', 'memory'], ['history'], ['.']],
  'renderer/views/ticket': [['form'], ['fields', 'confirm', 'figures'], ['.']],
  'src/host': [['machine', 'mt5'], ['folder'], ['config'], ['bridges', 'servers'], ['cli'], ['.']],
};
const roomPath = (part, room) => (room === '.' ? `^${part}/[^/]+$` : `^${part}/${room}/`);
const rooms = Object.entries(floors).flatMap(([part, levels]) =>
  levels.flatMap((level, floor) =>
    level.map((room) => ({
      name: `${part.replaceAll('/', '-')}-${room === '.' ? 'root' : room}-rooms`,
      severity: 'error',
      from: { path: roomPath(part, room) },
      to: {
        path: `^${part}/`,
        pathNot: [room, ...levels.slice(0, floor).flat()].map((below) => roomPath(part, below)).join('|'),
      },
    })),
  ),
);

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.config\\.'] }, to: {} },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
    ...rooms,
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
      to: { path: '^(src|electron|test|scripts)/', pathNot: '^src/(api|protocol|domain|base)/' },
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
      from: { path: '^src/(base|domain|protocol|api|controller)/' },
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
