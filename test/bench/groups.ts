import { run } from '../support/processes.ts';
import { firstPaintBundle } from './firstPaintBundle.ts';
import { inMiB, inUs, limitRow, noneRow, quantile, rateRow, ratioRow, type Row } from './rows.ts';

/** Rows that are measured together. */
export interface Group {
  name: string;
  /** About how long it takes on two cores, in minutes. */
  minutes: number;
  /** @param says told of each step */
  measure: (says: (step: string) => void) => Promise<Row[]>;
}

const repeats = 3;

/** One measurement in a process of its own, so that none runs in what another has left behind. */
async function measure<T>(file: string, ...what: string[]): Promise<T> {
  const { code, stdout, stderr } = await run([`test/bench/${file}.ts`, ...what]).finished;
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}

/** They take turns, so that a noisy minute hits all of them. */
async function inTurns<T, Name extends string>(
  file: string,
  names: readonly Name[],
  says: (step: string) => void,
): Promise<Record<Name, T[]>> {
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < repeats; round += 1) {
    for (const name of names) {
      says(`round ${String(round + 1)} of ${String(repeats)}: ${name}`);
      results[name].push(await measure<T>(file, name));
    }
  }
  return results;
}

const telemetry: Group = {
  name: 'telemetry',
  minutes: 1,
  measure: async (says) => {
    const { baseline, drain, subject } = await inTurns<
      { rate: number; cpuUs: number },
      'baseline' | 'drain' | 'subject'
    >('telemetryBench', ['baseline', 'drain', 'subject'], says);
    const median = (figures: typeof subject, name: 'rate' | 'cpuUs'): number =>
      quantile(
        figures.map((each) => each[name]),
        0.5,
      );
    const whole = 'telemetry through the whole pipeline';
    const against = `${whole} / bare PULL loop`;
    return [
      rateRow(against, median(subject, 'rate'), median(baseline, 'rate'), 1.1),
      rateRow(
        `${whole} / bare loop that takes bursts as the desk does`,
        median(subject, 'rate'),
        median(drain, 'rate'),
        0.6,
      ),
      ratioRow(`${against}, main thread a message`, median(subject, 'cpuUs'), median(baseline, 'cpuUs'), null, inUs),
    ];
  },
};

const fireSubjects = ['echo', 'commit', 'memory', 'durable', 'durable paced'] as const;
type FireTimes = Partial<Record<'echo' | 'commit' | 'order' | 'bare', number[]>>;

const fire: Group = {
  name: 'fire',
  minutes: 4,
  measure: async (says) => {
    const results = await inTurns<FireTimes, (typeof fireSubjects)[number]>('fireBench', fireSubjects, says);
    const p = (subject: keyof typeof results, name: keyof FireTimes, share: number): number =>
      quantile(
        results[subject].flatMap((times) => times[name] ?? []),
        share,
      );
    const row = (name: string, subject: keyof typeof results, share: number, most: number | null): Row =>
      ratioRow(`${name}, p${String(share * 100)}`, p(subject, 'order', share), p(subject, 'bare', share), most);
    const memory = 'fire to result, journal in memory / bare echo, in turns';
    const one = 'one order: fire to result, durable / bare FULL commit + echo, in turns';
    const many = 'orders without a pause, durable / bare FULL commit + echo';
    const alone = p('echo', 'echo', 0.5) + p('commit', 'commit', 0.5);
    return [
      row(memory, 'memory', 0.5, 3),
      row(memory, 'memory', 0.99, null),
      row(one, 'durable paced', 0.5, 1.5),
      row(one, 'durable paced', 0.99, null),
      row(`${many}, in turns`, 'durable', 0.5, null),
      ratioRow(`${many}, each in a loop of its own, p50`, p('durable', 'order', 0.5), alone, null),
      ratioRow(
        'fire to result, journal in memory / bare echo in a loop of its own, p50',
        p('memory', 'order', 0.5),
        p('echo', 'echo', 0.5),
        null,
      ),
    ];
  },
};

interface FloodFigures {
  times: number[];
  rate: number;
  sent: number;
  published: number;
}

interface ManyFigures {
  wanted: number;
  answered: number;
  lost: number;
  misrouted: number;
  twice: number;
}

/** One order after the other, 1,000 a second on 8 bridges, and orders beside a flood of telemetry. */
const gateway: Group = {
  name: 'gateway',
  minutes: 5,
  measure: async (says) => {
    const trips = await inTurns<number[], 'bare' | 'fire'>('gatewayBench', ['bare', 'fire'], says);
    const [bare, own] = [quantile(trips.bare.flat(), 0.5), quantile(trips.fire.flat(), 0.5)];
    says('1,000 signals a second for a minute');
    const many = await measure<ManyFigures>('gatewayBench', 'many 60');
    const missed = many.wanted - many.answered + many.lost + many.misrouted + many.twice;
    const beside = 'beside 50,000 messages a second for a minute';
    says(`orders ${beside}, by bare sockets`);
    const bareFlood = await measure<FloodFigures>('gatewayBench', 'bareTelemetry 60');
    says(`orders ${beside}`);
    const flood = await measure<FloodFigures>('gatewayBench', 'telemetry 60');
    const floodRow = (share: number, most: number | null): Row => {
      const name = `${beside}: engine to EA and back / the same by bare sockets, p${String(share * 100)}`;
      return ratioRow(name, quantile(flood.times, share), quantile(bareFlood.times, share), most);
    };
    return [
      ratioRow('engine to EA and back, durable / two bare echoes + bare FULL commit, p50', own, bare, 2),
      noneRow(
        '1,000 signals a second to 8 EAs on 8 bridges for a minute: lost, misrouted or twice',
        missed,
        many.wanted,
      ),
      floodRow(0.5, null),
      floodRow(0.99, 2.5),
      noneRow(`${beside}: not published again`, flood.sent - flood.published, flood.sent),
    ];
  },
};

const statistics: Group = {
  name: 'statistics',
  minutes: 1,
  measure: async () => {
    const { first } = await measure<{ first: number; median: number }>('statisticsBench', '1000000');
    return [limitRow('statistics over 1,000,000 orders, first answer', first, 300)];
  },
};

const window: Group = {
  name: 'window',
  minutes: 2,
  measure: async (says) => {
    const rows: Row[] = [];
    for (const [list, most, mostMs] of [
      ['', 0.15, 40],
      ['wire', 0.25, 50],
    ] as const) {
      const opened = list === '' ? 'price chart open' : 'price chart and wire log open';
      says(opened);
      const { busy, longestTask, keyToPaint } = await measure<{
        busy: number;
        longestTask: number;
        keyToPaint: { p50: number; p99: number };
      }>('windowBench', '1000', list);
      const at = `window at 1,000 messages a second, ${opened}`;
      rows.push(
        limitRow(`${at}: main thread`, busy, most, (share) => `${(share * 100).toFixed(1)} %`),
        limitRow(`${at}: longest task`, longestTask, 50),
        limitRow(`${at}: ticket key to next paint, p99`, keyToPaint.p99, mostMs),
      );
    }
    return rows;
  },
};

const drag: Group = {
  name: 'drag',
  minutes: 1,
  measure: async () => {
    const { script, longestTask } = await measure<{ script: { p95: number }; longestTask: number }>(
      'priceChartBench',
      '100',
    );
    const at = 'a stop dragged in the price chart at 100 ticks a second';
    return [
      limitRow(`${at}: script and layout a frame, p95`, script.p95, 6),
      limitRow(`${at}: longest task`, longestTask, 50),
    ];
  },
};

const positions: Group = {
  name: 'positions',
  minutes: 1,
  measure: async () => {
    const { busy, longestTask, script } = await measure<{ busy: number; longestTask: number; script: number }>(
      'positionsBench',
      '500',
    );
    const at = '500 positions at 100 ticks a second';
    return [
      ratioRow(`${at}: the main thread / one core`, busy, 1, 0.2, String),
      limitRow(`${at}: script and layout of a scrolled frame, p95`, script, 8),
      limitRow(`${at}: longest task`, longestTask, 50),
    ];
  },
};

const protector: Group = {
  name: 'protector',
  minutes: 1,
  measure: async () => {
    const closings = [];
    for (let round = 0; round < repeats; round += 1)
      closings.push(await measure<{ ms: number; closes: number; positions: number }>('protectorBench', '50'));
    const times = closings.map(({ ms }) => ms);
    const twice = closings.reduce((sum, { closes, positions }) => sum + closes - positions, 0);
    return [
      limitRow('from the report that confirms a floor to the last of 50 closes at the EA', quantile(times, 0.5), 100),
      noneRow('positions that were closed twice', twice, 50 * repeats),
    ];
  },
};

/** MQL5 behind the stand-in of `test/mt5`: needs a C++ compiler. */
const ea: Group = {
  name: 'ea',
  minutes: 2,
  measure: async () => {
    const { timerMs, roundTrip, step } = await measure<{ timerMs: number; roundTrip: number; step: number }>('eaBench');
    return [
      limitRow('backend → compiled EA → result, p50, at a timer of 20 ms', roundTrip, timerMs + 2),
      limitRow("a step of the EA's timer, p99", step, 5),
    ];
  },
};

/** Orders are found among so many, and the window shows them: the first rows after a start, and a result that came. */
const orders: Group = {
  name: 'orders',
  minutes: 3,
  measure: async (says) => {
    says('queries');
    const found = await measure<Record<'first' | 'filtered' | 'text' | 'sorted' | 'deep', number>>(
      'ordersBench',
      '1000000',
    );
    says('the window');
    const shown = await measure<{ paint: number; p99: number }>('ordersWindowBench', '1000000');
    const among = '1,000,000 orders';
    return [
      limitRow(`${among}, the newest`, found.first, 100),
      limitRow(`${among}, by state and symbol`, found.filtered, 500),
      limitRow(`${among}, by a part of the signal ID`, found.text, 500),
      limitRow(`${among}, sorted by round trip`, found.sorted, 1_000),
      limitRow(`${among}, half way down`, found.deep, 500),
      limitRow(`${among} and 10,000,000 rows of telemetry, start of serve to first rows`, shown.paint, 1_500),
      limitRow(`${among}, result received to its row on screen, p99`, shown.p99, 100),
    ];
  },
};

const deals: Group = {
  name: 'deals',
  minutes: 1,
  measure: async (says) => {
    says('1,000,000 deals');
    const found = await measure<Record<'symbol' | 'opener' | 'month' | 'page', number>>('dealsBench', '1000000');
    const among = '1,000,000 deals, first answer';
    return [
      limitRow(`${among}: result by symbol`, found.symbol, 300),
      limitRow(`${among}: result by opener`, found.opener, 300),
      limitRow(`${among}: result by month`, found.month, 300),
      limitRow(`${among}: the newest 200 closed trades`, found.page, 300),
    ];
  },
};

const charts: Group = {
  name: 'charts',
  minutes: 1,
  measure: async () => {
    const { first, median } = await measure<{ first: number; median: number }>('chartBench', '');
    return [
      limitRow('charts, first paint of a year', first, 300),
      limitRow('charts, paint of a year again', median, 300),
    ];
  },
};

/** What the page holds after 30 simulated hours of telemetry against after one. */
const heap: Group = {
  name: 'heap',
  minutes: 12,
  measure: async () => {
    const { first, last } = await measure<{ first: number; last: number }>('heapBench', '30');
    return [ratioRow("the page's heap, after 30 simulated hours of telemetry / after one", last, first, 1.05, inMiB)];
  },
};

const bundle: Group = {
  name: 'bundle',
  minutes: 0,
  measure: async () => [limitRow('scripts before the first paint, gzip', await firstPaintBundle(), 300 * 1024, inMiB)],
};

const firstFill: Group = {
  name: 'first-fill',
  minutes: 1,
  measure: async () => {
    const { ms, clicks } = await measure<{ ms: number; clicks: number }>('firstFillBench');
    return [
      limitRow('first start in an empty folder to a filled paper order', ms, 15_000),
      limitRow('clicks from the first start to a filled paper order', clicks, 3, String),
    ];
  },
};

export const groups: readonly Group[] = [
  telemetry,
  fire,
  gateway,
  statistics,
  window,
  drag,
  positions,
  ea,
  orders,
  deals,
  charts,
  protector,
  heap,
  firstFill,
  bundle,
];
