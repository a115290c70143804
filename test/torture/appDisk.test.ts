import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { until } from '../support/until.ts';
import {
  armWhenCurrent,
  endpointsOf,
  fixedPorts,
  mainBridge,
  startApp,
  Undos,
  unwritten,
  withJournal,
  writeOpenConfig,
  type StartedApp,
} from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { fireAll, keepFiring, OrderSource } from './firing.ts';
import { readLedger, startLedgerEa, twiceIn } from './ledger.ts';
import { leftBehind } from './started.ts';
import { limitedDisk, tmpfsDisk, type SmallDisk } from './tmpfs.ts';

const undos = new Undos();
afterEach(() => undos.all());
afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

/** Lives, each with one fill. */
const lives = times(3, 150);
const killedRounds = times(2, 50);
/** The EA's heartbeat: what is idle writes that often. */
const heartbeatMs = 500;

interface Fill {
  /** Nobody fires when it happens. */
  idle: boolean;
  sparePages: number;
  /** From the full disk, or the last order that it had room for, to what a client sees of it. */
  visibleMs: number;
  /** From the room to the first order that is filled. */
  recoveredMs: number;
}

for (const [how, open] of [
  ['the disk is full (tmpfs)', (): SmallDisk | null => tmpfsDisk(48)],
  ['writes fail (a limit on file size)', limitedDisk],
] as const) {
  it(`${how}: nothing is sent that is not written down`, { timeout: timeLimit(lives, 20_000) }, async (context) => {
    const disk = open();
    if (disk === null) {
      say(`${how}: skipped, this system allows neither mount nor prlimit to this user`);
      context.skip();
      return;
    }
    undos.add(disk.remove);
    const { dataDir } = disk;
    writeOpenConfig(dataDir);
    const ports = await fixedPorts();
    const ea = await startLedgerEa(
      endpointsOf(ports),
      join(undos.folder(), 'ledger.ndjson'),
      '--heartbeat-ms',
      String(heartbeatMs),
    );
    undos.add(ea.end);
    const random = seededRandom(20_250_101);
    const source = new OrderSource();

    const fills: Fill[] = [];
    const known = new Map<string, Order>();
    /** Of each app that ended, what its clients were told last and the journal doesn't have. */
    const lost: string[] = [];
    /** Wishes to trade that ended without an order. */
    const failures: string[] = [];

    const fillOnce = async (
      client: ApiClient,
      pid: number,
      life: number,
      { idle, sparePages }: Pick<Fill, 'idle' | 'sparePages'>,
    ): Promise<void> => {
      const firing = keepFiring(client, () => source.next(life));
      await until(() => [...firing.known.values()].some(({ state }) => state === 'filled'), 'orders flow');
      await wait(random() * 100);
      if (idle) await firing.stop();
      const told = (): number =>
        [...firing.known.values()].filter(({ refusal }) => refusal?.code === 'journal_failed').length;
      const toldBefore = told();
      disk.fill(sparePages, pid);
      let lastGood = performance.now();
      let filled = 0;
      await until(async () => {
        // With pages to spare some more are written down, and may leave.
        const now = [...firing.known.values()].filter(({ state }) => state === 'filled').length;
        if (now > filled) lastGood = performance.now();
        filled = now;
        return (await obstacleOf(client)) === 'journal_failed' || told() > toldBefore;
      }, 'the client sees that the journal fails');
      const visibleMs = performance.now() - lastGood;
      // Some pulses, after which the app has tried everything it can.
      await wait(600 + random() * 600);
      disk.free(pid);
      const freeAt = performance.now();
      await until(async () => (await obstacleOf(client)) !== 'journal_failed', 'the journal works again');
      const more = idle ? keepFiring(client, () => source.next(life)) : firing;
      const before = more.fired.length;
      await until(
        () => more.fired.slice(before).some((id) => more.known.get(id)?.state === 'filled'),
        'orders flow again',
      );
      fills.push({ idle, sparePages, visibleMs, recoveredMs: performance.now() - freeAt });
      await more.stop();
      // A close has its result only when the number of positions falls, which it doesn't while others are opened.
      const trades = (): Order[] => [...more.known.values()].filter(({ action }) => action !== 'close');
      await until(() => trades().every(({ state }) => state !== 'sent'), 'every trade has its result');
      for (const each of new Set([firing, more])) {
        for (const [id, order] of each.known) known.set(id, order);
        failures.push(...each.failures);
      }
    };

    // One fill in each: the checkpoint of every 10 s leaves room in the WAL that SQLite then writes to on a full disk.
    for (let life = 0; life < lives; life += 1) {
      const app = startApp({ dataDir, ports });
      undos.add(() => app.end('SIGKILL'));
      await app.ready;
      const client = await app.connect();
      await armWhenCurrent(client);
      const kind = life % 3;
      const sparePages = kind === 1 ? 1 + Math.floor(random() * 40) : 0;
      await fillOnce(client, app.child.pid ?? 0, life, { idle: kind === 2, sparePages }).catch((error: unknown) => {
        throw new Error(`${String(error)}\nThe app: ${app.output.stderr}`, { cause: error });
      });
      client.close();
      expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
      await ea.sync();
      await withJournal(dataDir, ({ journal }) => {
        for (const [id, order] of known) {
          const found = journal.findSent('main', id)?.state ?? 'refused';
          if (order.state !== 'sent' && found !== order.state) lost.push(`${id}: told ${order.state}, found ${found}`);
        }
      });
    }

    const ledger = readLedger(ea.log);
    const missing = unwritten(dataDir, ledger);
    const orders = [...known.values()];
    const refused = orders.filter(({ refusal }) => refusal?.code === 'journal_failed').map(({ signalId }) => signalId);
    const sentAllTheSame = ledger.filter(({ signalId }) => refused.includes(signalId));
    const twice = twiceIn(ledger);
    const worst = (those: Fill[], pick: (fill: Fill) => number): string =>
      `${Math.max(...those.map(pick)).toFixed(0)} ms`;
    const busy = fills.filter(({ idle }) => !idle);
    say(
      `${how}: ${String(fills.length)} times, ${String(orders.length)} orders fired, ${String(ledger.length)} reached the EA, ` +
        `${String(refused.length)} refused for it; ${String(missing.length)} sent without a row, ` +
        `${String(sentAllTheSame.length)} refused and sent, ${String(twice.length)} twice, ${String(lost.length)} results lost, ` +
        `${String(failures.length)} wishes without an answer; ` +
        `visible after at most ${worst(busy, ({ visibleMs }) => visibleMs)} with orders and ` +
        `${worst(
          fills.filter(({ idle }) => idle),
          ({ visibleMs }) => visibleMs,
        )} without, ` +
        `trading again after at most ${worst(fills, ({ recoveredMs }) => recoveredMs)}`,
    );
    expect({ missing, sentAllTheSame, twice, lost, failures }).toEqual({
      missing: [],
      sentAllTheSame: [],
      twice: [],
      lost: [],
      failures: [],
    });
    expect(refused.length).toBeGreaterThan(0);
    expect(Math.max(...busy.map(({ visibleMs }) => visibleMs))).toBeLessThan(1_000);
    // Nothing is written before the next heartbeat.
    expect(Math.max(...fills.map(({ visibleMs }) => visibleMs))).toBeLessThan(1_000 + heartbeatMs);
  });
}

it(
  'killed and started while the disk is full: nothing is lost, and nothing taken for damage',
  { timeout: timeLimit(killedRounds, 30_000) },
  async (context) => {
    const disk = tmpfsDisk(48);
    if (disk === null) {
      say('killed while the disk is full: skipped, this system does not allow this user to mount');
      context.skip();
      return;
    }
    undos.add(disk.remove);
    const { dataDir } = disk;
    writeOpenConfig(dataDir);
    const ports = await fixedPorts();
    const ea = await startLedgerEa(endpointsOf(ports), join(undos.folder(), 'ledger.ndjson'));
    undos.add(ea.end);
    const random = seededRandom(20_250_101);
    const source = new OrderSource();
    const start = (): StartedApp => {
      const app = startApp({ dataDir, ports });
      undos.add(() => app.end('SIGKILL'));
      return app;
    };
    /** What a start on a full disk came to. */
    const starts: string[] = [];
    for (let round = 0; round < killedRounds; round += 1) {
      const app = start();
      await app.ready;
      const client = await app.connect();
      await armWhenCurrent(client);
      const firing = keepFiring(client, () => source.next(round));
      await until(() => [...firing.known.values()].some(({ state }) => state === 'filled'), 'orders flow');
      disk.fill(Math.floor(random() * 20), app.child.pid ?? 0);
      await until(
        async () => (await obstacleOf(client)) === 'journal_failed',
        'the client sees that the journal fails',
      );
      await wait(random() * 300);
      await app.end('SIGKILL');
      await firing.stop();
      await ea.sync();
      const reached = readLedger(ea.log).length;

      const onFullDisk = start();
      const ready = await Promise.race([onFullDisk.ready.then(() => true), onFullDisk.finished.then(() => false)]);
      if (ready) {
        starts.push('ran without trading');
        const other = await onFullDisk.connect();
        await until(async () => (await obstacleOf(other)) !== 'no_ea', 'the EA is there');
        expect((await other.call('fire', source.next(round))).state).toBe('refused');
        await onFullDisk.end('SIGKILL');
      } else {
        const { code, stdout, stderr } = await onFullDisk.finished;
        expect({ code, stdout, lines: stderr.trim().split('\n').length }, stderr).toEqual({
          code: 1,
          stdout: '',
          lines: 1,
        });
        starts.push(`said "${stderr.trim()}"`);
      }
      await ea.sync();
      expect(readLedger(ea.log)).toHaveLength(reached);
      disk.free(0);
    }
    const last = start();
    await last.ready;
    const client = await last.connect();
    await armWhenCurrent(client);
    client.close();
    expect((await last.end('SIGTERM')).code, last.output.stderr).toBe(0);

    const ledger = readLedger(ea.log);
    const missing = unwritten(dataDir, ledger);
    const open = await withJournal(dataDir, ({ journal }) =>
      journal.ordersInDoubt('main').filter(({ state }) => state === 'sent'),
    );
    say(
      `killed while the disk is full: ${String(killedRounds)} times, ${String(ledger.length)} orders reached the EA; ` +
        `${String(missing.length)} sent without a row, ${String(twiceIn(ledger).length)} twice, ${String(open.length)} sent still; ` +
        `a start on the full disk ${[...new Set(starts)].join(', ')}`,
    );
    expect({ missing, open, twice: twiceIn(ledger) }).toEqual({ missing: [], open: [], twice: [] });
    expect(readdirSync(dataDir).filter((name) => name.includes('damaged'))).toEqual([]);
  },
);

it(
  'writes fail while the EA names its account: the app lives, and trades when they work again',
  { timeout: timeLimit(1, 30_000) },
  async (context) => {
    const disk = limitedDisk();
    if (disk === null) {
      say('writes fail while the EA names its account: skipped, there is no prlimit');
      context.skip();
      return;
    }
    undos.add(disk.remove);
    const { dataDir } = disk;
    writeOpenConfig(dataDir);
    const ports = await fixedPorts();
    const app = startApp({ dataDir, ports });
    undos.add(() => app.end('SIGKILL'));
    await app.ready;
    const client = await app.connect();
    const pid = app.child.pid ?? 0;
    disk.fill(0, pid);
    const ea = await startLedgerEa(endpointsOf(ports), join(undos.folder(), 'ledger.ndjson'));
    undos.add(ea.end);
    await until(
      async () => mainBridge(await client.call('snapshot', null)).account.uuid !== null,
      'the EA has named its account',
      20_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}\nThe app: ${app.output.stderr}`, { cause: error });
    });
    disk.free(pid);
    await armWhenCurrent(client);
    expect(await fireAll(client, ['AFTER_1'])).toMatchObject([{ state: 'filled' }]);
    expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
    expect(await withJournal(dataDir, ({ journal }) => journal.findSent('main', 'AFTER_1')?.state)).toBe('filled');
    say('writes fail while the EA names its account: the app lived, and traded when they worked again');
  },
);

async function obstacleOf(client: ApiClient): Promise<string | null> {
  return mainBridge(await client.call('snapshot', null)).obstacle?.code ?? null;
}
