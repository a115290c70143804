import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import type { Alarm } from '../../src/api/state.ts';
import type { OrderState } from '../../src/protocol/order.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { hasSignals } from '../support/processes.ts';
import {
  armWhenCurrent,
  endpointsOf,
  fixedPorts,
  isAlive,
  say,
  startApp,
  timeLimit,
  times,
  Undos,
  wasKilled,
  withJournal,
  writeOpenConfig,
  type StartedApp,
} from './appHarness.ts';
import { fireAgain, keepFiring, OrderSource, type Firing } from './firing.ts';
import { readLedger, startLedgerEa, twiceIn } from './ledger.ts';

const undos = new Undos();
afterEach(() => undos.all());

const kills = times(8, 2_000);
const seed = Number(process.env['BITTEN_TORTURE_SEED'] ?? '20250101');

/** When in its life the app is killed. */
type Moment = 'starting' | 'catching up' | 'firing' | 'stopping';

interface Life {
  startedAt: number;
  moment: Moment;
  firing: Firing | null;
  /** Orders whose result the client didn't have when the app died. */
  inFlight: string[];
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
    const pids: (number | undefined)[] = [];

    const start = (): StartedApp => {
      const app = startApp({ dataDir, ports });
      undos.add(() => app.end('SIGKILL'));
      pids.push(app.child.pid);
      return app;
    };
    const lives: Life[] = [];
    /** Orders that a life took with it, wished for again in the next one: those that the EA may know are refused. */
    const refusedAgain: string[] = [];
    const firstSentNow = new Set<string>();

    const live = async (number: number): Promise<Life> => {
      const moment = momentOf(number, random);
      const app = start();
      const life: Life = { startedAt: app.startedAt, moment, firing: null, inFlight: [] };
      if (moment === 'starting') {
        await wait(random() * 1_000);
      } else {
        await app.ready;
        const client = await app.connect();
        if (moment === 'catching up') {
          await wait(random() * 1_200);
        } else {
          await armWhenCurrent(client);
          for (const id of lives.at(-1)?.inFlight ?? []) {
            const { state, refusal } = await fireAgain(client, id);
            if (state !== 'refused') firstSentNow.add(id);
            else if (refusal?.code === 'duplicate_id') refusedAgain.push(id);
          }
          life.firing = keepFiring(client, () => source.next(number));
          await wait(random() * 400);
          if (moment === 'stopping') {
            app.child.kill('SIGTERM');
            await wait(random() * 60);
          }
        }
        life.inFlight = life.firing?.inFlight() ?? [];
      }
      await app.end('SIGKILL');
      await life.firing?.stop();
      if (moment !== 'stopping')
        expect(wasKilled(app), `life ${String(number)} (${moment}) ended by itself: ${app.output.stderr}`).toBe(true);
      // What the dead app had sent must be in the EA's log before the next one starts.
      await ea.sync();
      return life;
    };

    for (let number = 0; number < kills; number += 1) lives.push(await live(number));

    // A last life that ends cleanly: it settles what can be settled.
    const last = start();
    await last.ready;
    const client = await last.connect();
    await armWhenCurrent(client);
    const proof = await client.call('fire', source.next(kills));
    lives.push({ startedAt: last.startedAt, moment: 'firing', firing: null, inFlight: [] });
    client.close();
    await ea.sync();
    expect((await last.end('SIGTERM')).code).toBe(0);
    await ea.sync();

    const ledger = readLedger(ea.log);
    const fired = [...lives.flatMap(({ firing }) => firing?.fired ?? []), proof.signalId];
    const journalled = await withJournal(dataDir, ({ journal }) => ({
      of: new Map(
        [...new Set([...fired, ...ledger.map(({ signalId }) => signalId)])].map((id) => [
          id,
          journal.findSent('main', id),
        ]),
      ),
      stillSent: journal.ordersInDoubt('main').filter((order) => order.state === 'sent'),
    }));

    const reached = new Set(ledger.map(({ signalId }) => signalId));
    const count = (wanted: OrderState, closes?: boolean): number =>
      [...journalled.of.values()].filter(
        (order) => order?.state === wanted && (closes === undefined || (order.action === 'close') === closes),
      ).length;
    const twice = twiceIn(ledger);
    const missing = [...reached].filter((id) => journalled.of.get(id) === null);
    const madeUp = [...journalled.of]
      .filter(([id, found]) => found?.state === 'filled' && !reached.has(id))
      .map(([id]) => id);
    const sentAfterwards = ledger.filter(({ at, signalId }) => {
      const next = lives[lifeOf(signalId) + 1];
      return next !== undefined && at >= next.startedAt && !firstSentNow.has(signalId);
    });
    // Whoever was told that an order had left finds it in the journal, whatever happened to the app since.
    const forgotten = lives
      .flatMap(({ firing }) => [...(firing?.known.values() ?? [])])
      .filter((order) => order.state !== 'refused' && journalled.of.get(order.signalId) === null)
      .map(({ signalId }) => signalId);
    // No life took what a kill had left for a copy, or for damage.
    const copies = alarmsOf(dataDir).filter(({ code }) => code === 'restored_copy' || code === 'journal_set_aside');
    const aside = readdirSync(dataDir).filter((name) => name.includes('damaged'));

    const at = (moment: Moment): string =>
      String(lives.slice(0, kills).filter((life) => life.moment === moment).length);
    say(
      `kill -9 at any moment: ${String(kills)} kills (${at('starting')} starting, ${at('catching up')} catching up, ` +
        `${at('firing')} firing, ${at('stopping')} stopping; ${String(lives.filter(({ inFlight }) => inFlight.length > 0).length)} ` +
        `with an order in flight), seed ${String(seed)}: ${String(fired.length)} fired, ${String(reached.size)} reached the EA; ` +
        `${String(count('filled'))} filled, ${String(count('rejected'))} rejected, ${String(count('unknown', false))} unknown, ${String(count('unknown', true))} closes not confirmed, ` +
        `${String(count('sent'))} sent still; ${String(twice.length)} twice, ${String(missing.length)} missing, ` +
        `${String(sentAfterwards.length)} sent afterwards (of those in flight ${String(refusedAgain.length)} refused when fired again, ` +
        `${String(firstSentNow.size)} had never left), ${String(madeUp.length)} made up, ${String(forgotten.length)} forgotten`,
    );
    expect({ twice, missing, sentAfterwards, madeUp, forgotten }).toEqual({
      twice: [],
      missing: [],
      sentAfterwards: [],
      madeUp: [],
      forgotten: [],
    });
    expect(journalled.stillSent.filter(({ signalId }) => signalId !== proof.signalId)).toEqual([]);
    expect({ copies, aside }).toEqual({ copies: [], aside: [] });
    // That the test has tested something: orders flowed in each life that fired, and kills hit some in flight.
    const idle = lives.filter(({ firing }) => firing !== null && !firing.fired.some((id) => reached.has(id)));
    expect(refusedAgain.length).toBeGreaterThan(0);
    expect(idle.length).toBeLessThan(Math.max(2, kills / 10));
    expect(reached.has(proof.signalId)).toBe(true);

    await undos.all();
    expect(pids.filter(isAlive)).toEqual([]);
  },
);

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

function momentOf(number: number, random: () => number): Moment {
  const dice = random();
  // The few kills of a small run hit each moment once.
  const each: Moment[] = ['firing', 'starting', 'firing', 'catching up', 'firing', 'stopping'];
  if (number < each.length) return each[number] ?? 'firing';
  if (dice < 0.1) return 'starting';
  if (dice < 0.2) return 'catching up';
  return dice < 0.9 ? 'firing' : 'stopping';
}

function lifeOf(signalId: string): number {
  return Number(/^L(\d+)_/.exec(signalId)?.[1]);
}
