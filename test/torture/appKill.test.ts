import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { FireRequest } from '../../src/api/contract.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Alarm } from '../../src/api/state/alarms.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { hasSignals } from '../support/processes.ts';
import {
  armWhenCurrent,
  endpointsOf,
  fixedPorts,
  startApp,
  Undos,
  untilTradable,
  unwritten,
  wasKilled,
  withJournal,
  writeOpenConfig,
  type StartedApp,
} from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { fireAgain, keepFiring, OrderSource, type Firing } from './firing.ts';
import { readLedger, startLedgerEa, twiceIn, type LedgerSignal } from './ledger.ts';
import { leftBehind } from './started.ts';

const undos = new Undos();
afterEach(() => undos.all());
afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const kills = times(8, 2_000);
const seed = Number(process.env['BITTEN_TORTURE_SEED'] ?? '20250101');

/** When in its life the app is killed. */
const moments = ['starting', 'catching up', 'firing', 'stopping'] as const;
type Moment = (typeof moments)[number];

interface Life {
  startedAt: number;
  moment: Moment;
  firing: Firing | null;
  /** Wishes whose result the client didn't have when the app died. */
  inFlight: FireRequest[];
  /** IDs that the life before took with it, wished for again: one that the EA may know is refused. */
  refusedAgain: string[];
  firstSentNow: string[];
  /** Orders of earlier lives that were in doubt, settled as by a person who has looked in the EA's log. */
  settled: Order[];
}

it.skipIf(!hasSignals)(
  `kill -9 at any moment, ${String(kills)} times: no order is lost, none is sent twice, none is made up`,
  { timeout: timeLimit(kills, 10_000) },
  async () => {
    const random = seededRandom(seed);
    const source = new OrderSource();
    const dataDir = undos.folder();
    writeOpenConfig(dataDir);
    const ports = await fixedPorts();
    const ea = await startLedgerEa(endpointsOf(ports), join(undos.folder(), 'ledger.ndjson'));
    undos.add(ea.end);
    const lives: Life[] = [];

    const begin = (moment: Moment): { app: StartedApp; life: Life } => {
      const app = startApp({ dataDir, ports });
      undos.add(() => app.end('SIGKILL'));
      const { startedAt } = app;
      const life = { startedAt, moment, firing: null, inFlight: [], refusedAgain: [], firstSentNow: [], settled: [] };
      return { app, life };
    };
    /** What a person does before trading goes on, and what nobody should: the same IDs again. */
    const takeUp = async (client: ApiClient, life: Life): Promise<void> => {
      await armWhenCurrent(client);
      life.settled = await settleAll(client, ea.log);
      for (const { signalId } of lives.at(-1)?.inFlight ?? []) {
        const { state, refusal } = await fireAgain(client, signalId);
        if (state !== 'refused') life.firstSentNow.push(signalId);
        else if (refusal?.code === 'duplicate_id') life.refusedAgain.push(signalId);
      }
      await untilTradable(client);
    };
    const untilKilled = async (app: StartedApp, life: Life, number: number): Promise<void> => {
      if (life.moment === 'starting') return wait(random() * 1_000);
      await app.ready;
      const client = await app.connect();
      if (life.moment === 'catching up') return wait(random() * 1_200);
      await takeUp(client, life);
      life.firing = keepFiring(client, () => source.next(number));
      await wait(random() * 400);
      if (life.moment === 'stopping') {
        app.child.kill('SIGTERM');
        await wait(random() * 60);
      }
      life.inFlight = life.firing.inFlight();
    };

    for (let number = 0; number < kills; number += 1) {
      const { app, life } = begin(momentOf(number, random));
      await untilKilled(app, life, number);
      await app.end('SIGKILL');
      await life.firing?.stop();
      lives.push(life);
      if (life.moment !== 'stopping') {
        expect(wasKilled(app), `life ${String(number)} (${life.moment}) ended by itself: ${app.output.stderr}`).toBe(
          true,
        );
      }
      // What the dead app had sent must be in the EA's log before the next one starts.
      await ea.sync();
    }

    const { app, life } = begin('stopping');
    await app.ready;
    const client = await app.connect();
    await takeUp(client, life);
    const proof = await client.call('fire', source.next(kills));
    lives.push(life);
    await ea.sync();
    client.close();
    expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
    await ea.sync();

    const ledger = readLedger(ea.log);
    const wishes = [...lives.flatMap(({ firing }) => firing?.fired ?? []), proof.signalId];
    const review = await reviewOf(dataDir, lives, ledger, wishes);
    tell(lives, ledger, wishes, review);
    expect(review.faults).toEqual(noFaults);
    expect(review.orders.filter(({ state, signalId }) => state === 'sent' && signalId !== proof.signalId)).toEqual([]);
    // That something was tested: orders flowed in the lives that fired, and kills hit some that were in flight.
    const reached = new Set(ledger.map(({ signalId }) => signalId));
    const idle = lives.filter(({ firing }) => firing !== null && !firing.fired.some((id) => reached.has(id)));
    // A life may end within milliseconds: of few, some have none.
    expect(idle.length).toBeLessThan(Math.max(4, kills / 10));
    expect(lives.flatMap(({ refusedAgain }) => refusedAgain).length).toBeGreaterThan(0);
    expect(reached.has(proof.signalId)).toBe(true);
  },
);

function momentOf(number: number, random: () => number): Moment {
  const dice = random();
  // The few kills of a small run hit each moment once.
  const each: Moment[] = ['firing', 'starting', 'firing', 'catching up', 'firing', 'stopping'];
  if (number < each.length) return each[number] ?? 'firing';
  if (dice < 0.1) return 'starting';
  if (dice < 0.2) return 'catching up';
  return dice < 0.9 ? 'firing' : 'stopping';
}

async function settleAll(client: ApiClient, log: string): Promise<Order[]> {
  const { state } = await client.call('snapshot', null);
  const reached = new Set(readLedger(log).map(({ signalId }) => signalId));
  const settled: Order[] = [];
  for (const { number, signalId } of state.orders.filter((order) => order.state === 'unknown')) {
    const found = reached.has(signalId) ? { ticket: String(number), price: null } : null;
    settled.push(await client.call('settle', { order: number, found, note: "as in the EA's log" }));
  }
  return settled;
}

interface Review {
  /** As the journal has them in the end. */
  orders: Order[];
  /** IDs, or what else is wrong. */
  faults: Record<keyof typeof noFaults, unknown[]>;
}

const noFaults = {
  twice: [],
  missing: [],
  'sent before they were written down': [],
  'sent afterwards': [],
  'made up': [],
  forgotten: [],
  'calls without an answer': [],
  'taken for a copy or for damage': [],
};

async function reviewOf(
  dataDir: string,
  lives: readonly Life[],
  ledger: readonly LedgerSignal[],
  wishes: readonly string[],
): Promise<Review> {
  const reached = new Set(ledger.map(({ signalId }) => signalId));
  const journalled = await withJournal(
    dataDir,
    ({ journal }) => new Map([...new Set([...wishes, ...reached])].map((id) => [id, journal.findSent('main', id)])),
  );
  const orders = [...journalled.values()].filter((order) => order !== null);
  const firstSentNow = new Set(lives.flatMap((life) => life.firstSentNow));
  // Whoever was told that an order had left finds it in the journal, and what a person said of it, for good.
  const told = lives
    .flatMap(({ firing }) => [...(firing?.known.values() ?? [])])
    .filter(({ state }) => state !== 'refused');
  const settled = lives.flatMap((life) => life.settled);
  const forgotten = [
    ...told.filter(({ signalId }) => (journalled.get(signalId) ?? null) === null),
    ...settled.filter(({ signalId, state }) => {
      const now = journalled.get(signalId);
      return now?.settledBy === null || now?.state !== state;
    }),
  ];
  return {
    orders,
    faults: {
      twice: twiceIn(ledger),
      missing: [...reached].filter((id) => (journalled.get(id) ?? null) === null),
      'sent before they were written down': unwritten(dataDir, ledger),
      'sent afterwards': ledger.filter(({ at, signalId }) => {
        const next = lives[lifeOf(signalId) + 1];
        return next !== undefined && at >= next.startedAt && !firstSentNow.has(signalId);
      }),
      'made up': orders.filter(({ state, signalId }) => state === 'filled' && !reached.has(signalId)),
      forgotten,
      'calls without an answer': lives.flatMap(({ firing }) => firing?.failures ?? []),
      'taken for a copy or for damage': [
        ...alarmsOf(dataDir).filter(({ code }) => code === 'restored_copy' || code === 'journal_set_aside'),
        ...readdirSync(dataDir).filter((name) => name.includes('damaged')),
      ],
    },
  };
}

function tell(
  lives: readonly Life[],
  ledger: readonly LedgerSignal[],
  wishes: readonly string[],
  review: Review,
): void {
  const count = (fits: (order: Order) => boolean): string => String(review.orders.filter(fits).length);
  const sum = (pick: (life: Life) => readonly unknown[]): string => String(lives.flatMap(pick).length);
  const wasUnknown = ({ state, settledBy }: Order): boolean => state === 'unknown' || settledBy !== null;
  const isClose = ({ action }: Pick<Order, 'action'>): boolean => action === 'close';
  const killed = lives.slice(0, kills);
  const byMoment = moments.map((one) => `${String(killed.filter(({ moment }) => moment === one).length)} ${one}`);
  const inFlight = killed.filter((life) => life.inFlight.some((wish) => !isClose(wish))).length;
  say(
    [
      `kill -9 at any moment: ${String(kills)} kills (${byMoment.join(', ')}; ${String(inFlight)} with a trade in flight), seed ${String(seed)}`,
      `${String(wishes.length)} fired, ${String(ledger.length)} reached the EA`,
      `${count((order) => order.state === 'filled' && !wasUnknown(order))} filled (${count(({ late, settledBy }) => late && settledBy === null)} of them late)`,
      `${count((order) => order.state === 'rejected' && !wasUnknown(order))} rejected`,
      `${count((order) => wasUnknown(order) && !isClose(order))} unknown`,
      `${count((order) => wasUnknown(order) && isClose(order))} closes not confirmed`,
      `${sum(({ settled }) => settled)} of these settled by hand`,
      `of those in flight ${sum(({ refusedAgain }) => refusedAgain)} refused when fired again, ${sum(({ firstSentNow }) => firstSentNow)} had never left`,
      ...Object.entries(review.faults).map(([fault, cases]) => `${String(cases.length)} ${fault}`),
    ].join('; '),
  );
}

/** Every alarm of every life that reached the journal. */
function alarmsOf(dataDir: string): Alarm[] {
  const db = new Database(join(dataDir, 'journal.db'), { readonly: true });
  try {
    const bodies = db.prepare<[], string>("SELECT body FROM entries WHERE type = 'alarm'").pluck().all();
    return bodies.map((body) => JSON.parse(body) as Alarm);
  } finally {
    db.close();
  }
}

function lifeOf(signalId: string): number {
  return Number(/^L(\d+)_/.exec(signalId)?.[1]);
}
