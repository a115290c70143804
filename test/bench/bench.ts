import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Baseline and subject take turns, so that a noisy minute hits both. */
async function inTurns<T>(file: string): Promise<{ baseline: T[]; subject: T[] }> {
  const [baseline, subject]: [T[], T[]] = [[], []];
  for (let round = 0; round < repeats; round += 1) {
    baseline.push(await measure<T>(file, 'baseline'));
    subject.push(await measure<T>(file, 'subject'));
  }
  return { baseline, subject };
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en-US')} msg/s`;
const inMs = (ms: number): string => `${ms.toFixed(3)} ms`;

const telemetry = await inTurns<number>('test/bench/telemetryBench.ts');
const [bareRate, pipelineRate] = [quantile(telemetry.baseline, 0.5), quantile(telemetry.subject, 0.5)];
const fire = await inTurns<number[]>('test/bench/fireBench.ts');
const [echoes, fires] = [fire.baseline.flat(), fire.subject.flat()];

const rows: Row[] = [
  {
    name: 'telemetry through the whole pipeline / bare PULL loop',
    measured: perSecond(pipelineRate),
    baseline: perSecond(bareRate),
    ratio: pipelineRate / bareRate,
    mark: '>= 0.6',
    met: pipelineRate / bareRate >= 0.6,
  },
  ...([0.5, 0.99] as const).map((share) => {
    const [own, bare] = [quantile(fires, share), quantile(echoes, share)];
    const p50 = share === 0.5;
    return {
      name: `fire to result / bare echo, p${String(share * 100)}`,
      measured: inMs(own),
      baseline: inMs(bare),
      ratio: own / bare,
      mark: p50 ? '<= 3' : 'shown',
      met: !p50 || own / bare <= 3,
    };
  }),
];

const folder = join(import.meta.dirname, '..', '..', 'test-results');
mkdirSync(folder, { recursive: true });
const file = join(folder, 'bench.json');
writeFileSync(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, rows, raw: { telemetry } }, null, 2)}\n`,
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
