import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import type { AppState } from '../../src/api/state/state.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { hasSignals, runCli } from '../support/processes.ts';
import {
  armWhenCurrent,
  endpointsOf,
  fixedPorts,
  mainBridge,
  startApp,
  Undos,
  withJournal,
  writeOpenConfig,
  type StartedApp,
} from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { fireAll } from './firing.ts';
import { startLedgerEa } from './ledger.ts';
import { leftBehind } from './started.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const races = times(1, 40);
const racers = 4;

describe.skipIf(!hasSignals)('two instances on one data folder', () => {
  it(
    `${String(racers)} that start at once, ${String(races)} times: one runs, the others say why not`,
    { timeout: timeLimit(races, 20_000) },
    async ({ onTestFinished }) => {
      const undos = new Undos();
      onTestFinished(() => undos.all());
      const dataDir = undos.folder();
      const { path } = dataFolder(dataDir, { create: false });
      const refusal = `BITTEN Desk already runs on the data folder ${path}. Get its window with "npx bitten-desk open", or choose another folder with --data-dir.\n`;
      let refused = 0;
      for (let race = 0; race < races; race += 1) {
        const apps = Array.from({ length: racers }, () => startApp({ dataDir }));
        for (const app of apps) undos.add(() => app.end('SIGKILL'));
        const winners: StartedApp[] = [];
        await Promise.all(
          apps.map(async (app) => {
            const won = await Promise.race([app.ready.then(() => true), app.finished.then(() => false)]);
            if (won) winners.push(app);
            else expect({ code: app.child.exitCode, ...app.output }).toEqual({ code: 1, stdout: '', stderr: refusal });
          }),
        );
        expect(winners).toHaveLength(1);
        expect(winners[0]?.child).toMatchObject({ exitCode: null, signalCode: null });
        refused += racers - winners.length;
        // Killed, not stopped: the next race begins with what that leaves.
        await winners[0]?.end('SIGKILL');
      }
      say(
        `${String(racers)} starts at once on one folder: ${String(races)} races, ${String(races)} winners, ${String(refused)} refused`,
      );
    },
  );
});

describe.skipIf(!hasSignals)('a restored copy', () => {
  it.concurrent(
    'elsewhere starts disarmed and says of what it is a copy; the original is not touched',
    { timeout: timeLimit(1, 30_000) },
    async (test) => {
      const { home, dataDir, expectNormal, expectCopy } = await openBench(test);
      const elsewhere = join(home, 'elsewhere');
      cpSync(dataDir, elsewhere, { recursive: true });
      await expectCopy(`it is a copy of the one in ${dataFolder(dataDir, { create: false }).path}.`, {
        dir: elsewhere,
      });
      await expectNormal();
      say('a copy elsewhere: started disarmed, and normally after that; so did the original');
    },
  );

  it.concurrent(
    'that is older, in the same place, starts disarmed',
    { timeout: timeLimit(1, 30_000) },
    async (test) => {
      const { dataDir, start, trade, expectCopy, backup } = await openBench(test);
      const restore = backup();
      const app = await start();
      await trade(app, 'LOST_1');
      expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
      restore();
      await expectCopy('it was restored from an older copy');
      expect(await withJournal(dataDir, ({ journal }) => journal.findSent('main', 'LOST_1'))).toBeNull();
      say('an older copy in the same place: started disarmed, and normally after that');
    },
  );

  it.concurrent(
    'that is older by nothing but a start that was killed, starts disarmed too',
    { timeout: timeLimit(1, 30_000) },
    async (test) => {
      const { start, expectCopy, backup } = await openBench(test);
      const restore = backup();
      await (await start()).end('SIGKILL');
      restore();
      await expectCopy('it was restored from an older copy');
      say('a copy that is older by one start that was killed: started disarmed, and normally after that');
    },
  );

  it.concurrent(
    'that lacks nothing but the order of a moment ago, put back at once after a kill -9, starts disarmed',
    { timeout: timeLimit(1, 30_000) },
    async (test) => {
      const { dataDir, start, trade, expectCopy, backup } = await openBench(test);
      const app = await start();
      // Of this very run, with all that has been written so far.
      await trade(app, 'COPIED_1');
      const restore = backup();
      await trade(app, 'LOST_1');
      await app.end('SIGKILL');
      restore();
      await expectCopy('it was restored from an older copy', { number: 4 });
      expect(await withJournal(dataDir, ({ journal }) => journal.findSent('main', 'LOST_1'))).toBeNull();
      say('a copy that lacks one order, seconds old: started disarmed, and normally after that');
    },
  );

  it.concurrent('on another machine starts disarmed', { timeout: timeLimit(1, 30_000) }, async (test) => {
    const { home, dataDir, expectCopy } = await openBench(test);
    const moved = join(home, 'moved');
    renameSync(dataDir, moved);
    await expectCopy('it was written on another machine', { dir: moved, env: machineOf(join(home, 'machine two')) });
    say('a folder moved to another machine: started disarmed, and normally after that');
  });

  it.concurrent('is not what a kill -9 leaves', { timeout: timeLimit(1, 30_000) }, async (test) => {
    const { dataDir, start, trade, expectNormal } = await openBench(test);
    const app = await start();
    await trade(app, 'KILLED_1');
    await app.end('SIGKILL');
    await expectNormal();
    expect(await withJournal(dataDir, ({ journal }) => journal.findSent('main', 'KILLED_1')?.state)).toBe('filled');
    say('a folder that a kill -9 left: taken for what it is, started armed');
  });
});

/** Where an app keeps what tells a copy. */
function machineOf(path: string): NodeJS.ProcessEnv {
  return { XDG_STATE_HOME: path, LOCALAPPDATA: path };
}

/** A data folder in which two orders were filled, whose app has ended cleanly. */
async function openBench({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const undos = new Undos();
  onTestFinished(() => undos.all());
  const home = undos.folder();
  const dataDir = join(home, 'desk');
  const machine = machineOf(join(home, 'machine one'));
  mkdirSync(dataDir);
  writeOpenConfig(dataDir);
  const ports = await fixedPorts();
  const ea = await startLedgerEa(endpointsOf(ports), join(home, 'ledger.ndjson'));
  undos.add(ea.end);

  const start = async (dir = dataDir, env = machine): Promise<StartedApp> => {
    const app = startApp({ dataDir: dir, ports, flags: ['--armed'], env });
    undos.add(() => app.end('SIGKILL'));
    await app.ready;
    return app;
  };
  /** Arms it, as a person would who has looked in MT5, and fires. @returns the orders' numbers */
  const trade = async (app: StartedApp, ...signalIds: string[]): Promise<number[]> => {
    const client = await app.connect();
    await armWhenCurrent(client);
    const orders = await fireAll(client, signalIds);
    // Asking for the timeline makes sure that everything told so far is on the disk.
    for (const { number } of orders) await client.call('timeline', { order: number });
    client.close();
    expect(orders.map(({ state }) => state)).toEqual(signalIds.map(() => 'filled'));
    return orders.map(({ number }) => number);
  };
  const look = async (dir: string): Promise<{ armed: boolean; killed: boolean; copyAlarms: string[] }> => {
    const { stdout } = await runCli(dir, 'status', '--json');
    const state = JSON.parse(stdout) as Pick<AppState, 'bridges' | 'alarms' | 'killSwitch'>;
    const copyAlarms = state.alarms.filter(({ code }) => code === 'restored_copy').map(({ text }) => text);
    return { armed: mainBridge({ state }).armed, killed: state.killSwitch !== null, copyAlarms };
  };
  const expectNormal = async (dir = dataDir, env = machine): Promise<void> => {
    const app = await start(dir, env);
    expect(await look(dir)).toEqual({ armed: true, killed: false, copyAlarms: [] });
    await app.end('SIGKILL');
  };
  /** It starts disarmed, says why, and its journal goes on. */
  const expectCopy = async (words: string, { dir = dataDir, env = machine, number = 3 } = {}): Promise<void> => {
    const app = await start(dir, env);
    const { armed, killed, copyAlarms } = await look(dir);
    expect({ armed, killed, copies: copyAlarms.length }).toEqual({ armed: false, killed: true, copies: 1 });
    // As a person would who has looked in MT5.
    expect((await runCli(dir, 'release')).code).toBe(0);
    expect(copyAlarms[0]).toContain(words);
    expect(copyAlarms[0]).toContain('The bridge starts disarmed.');
    expect(await trade(app, 'AFTER_RESTORE')).toEqual([number]);
    expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
    await expectNormal(dir, env);
  };
  /** @returns puts the folder back as it was */
  const backup = (): (() => void) => {
    const copy = undos.folder();
    cpSync(dataDir, copy, { recursive: true });
    return () => {
      rmSync(dataDir, { recursive: true });
      cpSync(copy, dataDir, { recursive: true });
    };
  };

  const app = await start();
  await trade(app, 'BEFORE_1', 'BEFORE_2');
  expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
  return { home, dataDir, start, trade, expectNormal, expectCopy, backup };
}
