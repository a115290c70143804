import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstPaintBundle } from './firstPaintBundle.ts';
import { run } from '../support/processes.ts';

// `npm run bench`: speed as ratios to bare baselines of the same run, because machines differ and are noisy.

const repeats = 3;

interface Row {
  name: string;
  measured: string;
  baseline: string;
  ratio: number;
  mark: string;
  met: boolean;
}

/** One measurement in a process of its own, so that none runs in what another has left behind. */
async function measure<T>(file: string, what: string): Promise<T> {
  const { code, stdout, stderr } = await run([file, what]).finished;
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** They take turns, so that a noisy minute hits all of them. */
async function inTurns<T, Name extends string>(file: string, names: readonly Name[]): Promise<Record<Name, T[]>> {
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < repeats; round += 1) {
    for (const name of names) results[name].push(await measure<T>(file, name));
  }
  return results;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en-US')} msg/s`;
const inMs = (ms: number): string => `${ms.toFixed(3)} ms`;

const telemetry = await inTurns<number, 'baseline' | 'subject'>('test/bench/telemetryBench.ts', [
  'baseline',
  'subject',
]);
const [bareRate, pipelineRate] = [quantile(telemetry.baseline, 0.5), quantile(telemetry.subject, 0.5)];
const fireSubjects = ['echo', 'commit', 'memory', 'durable', 'bare', 'durable paced', 'bare paced'] as const;
const fire = await inTurns<number[], (typeof fireSubjects)[number]>('test/bench/fireBench.ts', fireSubjects);
const p = (name: keyof typeof fire, share: number): number => quantile(fire[name].flat(), share);

function fireRow(name: string, own: number, bare: number, mark: number | null): Row {
  const ratio = own / bare;
  return {
    name,
    measured: inMs(own),
    baseline: inMs(bare),
    ratio,
    mark: mark === null ? 'shown' : `<= ${String(mark)}`,
    met: mark === null || ratio <= mark,
  };
}

/** The first answer after a start, and the median of ten more, over so many orders in 21,900 groups. */
const statistics = await measure<{ first: number; median: number }>('test/bench/statisticsBench.ts', '1000000');
const statisticsMs = 300;

interface WindowFigures {
  rate: number;
  busy: number;
  longestTask: number;
  keyToPaint: { p50: number; p99: number };
}
const window = await measure<WindowFigures>('test/bench/windowBench.ts', '1000');

function windowRow(name: string, own: number, mark: number, written: (value: number) => string): Row {
  return {
    name: `window at 1,000 messages a second, charts and wire log open: ${name}`,
    measured: written(own),
    baseline: written(mark),
    ratio: own / mark,
    mark: '<= 1',
    met: own <= mark,
  };
}

/** Orders are found among so many, and the window shows them: the first rows after a start, and a result that came. */
const orders = await measure<Record<'first' | 'filtered' | 'text' | 'sorted' | 'deep', number>>(
  'test/bench/ordersBench.ts',
  '1000000',
);
const ordersMs = { first: 100, filtered: 500, text: 500, sorted: 1_000, deep: 500 };
const shown = await measure<{ paint: number; p99: number }>('test/bench/ordersWindowBench.ts', '1000000');

/** A year of figures in the charts. */
const charts = await measure<{ first: number; median: number }>('test/bench/chartBench.ts', '');
/** What the page holds after 30 simulated hours of telemetry against after one. */
const heap = await measure<{ first: number; last: number; ratio: number }>('test/bench/heapBench.ts', '30');
const inMiB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
const bundle = await firstPaintBundle();
const bundleMost = 300 * 1024;

function timeRow(name: string, ms: number, most: number): Row {
  const ratio = ms / most;
  return {
    name: `${name} / ${String(most)} ms`,
    measured: inMs(ms),
    baseline: inMs(most),
    ratio,
    mark: '<= 1',
    met: ratio <= 1,
  };
}

/** The gateway: one order after the other, 1,000 a second on 8 bridges, and orders beside a flood of telemetry. */
const gateway = await inTurns<number[], 'bare' | 'fire'>('test/bench/gatewayBench.ts', ['bare', 'fire']);
const [bareTrip, engineTrip] = [quantile(gateway.bare.flat(), 0.5), quantile(gateway.fire.flat(), 0.5)];
interface ManyFigures {
  wanted: number;
  answered: number;
  lost: number;
  misrouted: number;
  twice: number;
}
const many = await measure<ManyFigures>('test/bench/gatewayBench.ts', 'many 60');
const missed = many.wanted - many.answered + many.lost + many.misrouted + many.twice;
const beside = await measure<{ times: number[]; rate: number; sent: number; published: number }>(
  'test/bench/gatewayBench.ts',
  'telemetry 60',
);

const rows: Row[] = [
  {
    name: 'telemetry through the whole pipeline / bare PULL loop',
    measured: perSecond(pipelineRate),
    baseline: perSecond(bareRate),
    ratio: pipelineRate / bareRate,
    mark: '>= 0.6',
    met: pipelineRate / bareRate >= 0.6,
  },
  fireRow('fire to result, journal in memory / bare echo, p50', p('memory', 0.5), p('echo', 0.5), 3),
  fireRow('fire to result, journal in memory / bare echo, p99', p('memory', 0.99), p('echo', 0.99), null),
  fireRow(
    'one order: fire to result, durable / bare FULL commit + echo, p50',
    p('durable paced', 0.5),
    p('bare paced', 0.5),
    1.5,
  ),
  fireRow(
    'one order: fire to result, durable / bare FULL commit + echo, p99',
    p('durable paced', 0.99),
    p('bare paced', 0.99),
    null,
  ),
  fireRow(
    'orders without a pause, durable / bare FULL commit + echo in turns, p50',
    p('durable', 0.5),
    p('bare', 0.5),
    null,
  ),
  fireRow(
    'orders without a pause, durable / commit and echo each in a loop of its own, p50',
    p('durable', 0.5),
    p('echo', 0.5) + p('commit', 0.5),
    null,
  ),
  {
    ...fireRow('engine to EA and back, durable / two bare echoes + bare FULL commit, p50', engineTrip, bareTrip, 2),
    mark: '<= 2',
  },
  {
    name: '1,000 signals a second to 8 EAs on 8 bridges for a minute: lost, misrouted or twice / 0',
    measured: `${String(missed)} of ${String(many.wanted)}`,
    baseline: '0',
    ratio: missed,
    mark: '<= 0',
    met: missed === 0,
  },
  timeRow('beside 50,000 messages a second for a minute: engine to EA and back, p99', quantile(beside.times, 0.99), 10),
  {
    name: 'beside 50,000 messages a second for a minute: published again / sent by the EA',
    measured: `${String(beside.published)} at ${perSecond(beside.rate)}`,
    baseline: String(beside.sent),
    ratio: beside.published / beside.sent,
    mark: '>= 1',
    met: beside.published >= beside.sent,
  },
  {
    name: 'statistics over 1,000,000 orders, first answer / 300 ms',
    measured: inMs(statistics.first),
    baseline: inMs(statisticsMs),
    ratio: statistics.first / statisticsMs,
    mark: '<= 1',
    met: statistics.first <= statisticsMs,
  },
  windowRow('main thread / 25 % of a core', window.busy, 0.25, (share) => `${(share * 100).toFixed(1)} %`),
  windowRow('longest task / 50 ms', window.longestTask, 50, inMs),
  windowRow('ticket key to next paint, p99 / 50 ms', window.keyToPaint.p99, 50, inMs),
  timeRow('1,000,000 orders, the newest', orders.first, ordersMs.first),
  timeRow('1,000,000 orders, by state and symbol', orders.filtered, ordersMs.filtered),
  timeRow('1,000,000 orders, by a part of the signal ID', orders.text, ordersMs.text),
  timeRow('1,000,000 orders, sorted by round trip', orders.sorted, ordersMs.sorted),
  timeRow('1,000,000 orders, half way down', orders.deep, ordersMs.deep),
  timeRow('1,000,000 orders and 10,000,000 rows of telemetry, start of serve to first rows', shown.paint, 1_500),
  timeRow('charts, first paint of a year', charts.first, 300),
  timeRow('charts, paint of a year again', charts.median, 300),
  {
    name: "the page's heap, after 30 simulated hours of telemetry / after one",
    measured: inMiB(heap.last),
    baseline: inMiB(heap.first),
    ratio: heap.ratio,
    mark: '<= 1.1',
    met: heap.ratio <= 1.1,
  },
  {
    name: 'scripts before the first paint, gzip / 300 KiB',
    measured: inMiB(bundle),
    baseline: inMiB(bundleMost),
    ratio: bundle / bundleMost,
    mark: '<= 1',
    met: bundle <= bundleMost,
  },
  timeRow('1,000,000 orders, result received to its row on screen, p99', shown.p99, 100),
];

const folder = join(import.meta.dirname, '..', '..', 'test-results');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'bench.json');
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows, raw: { telemetry, window } }, null, 2)}\n`,
);
process.stdout.write(`${table(rows)}\n\nWritten to ${file}\n`);
process.exit(rows.every(({ met }) => met) ? 0 : 1);

function table(all: Row[]): string {
  const cells = [
    ['what', 'measured', 'baseline', 'ratio', 'mark'],
    ...all.map((row) => [row.name, row.measured, row.baseline, row.ratio.toFixed(2), row.mark]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
