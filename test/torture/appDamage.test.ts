import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/api/state/alarms.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { openSqliteJournal, type OpenedJournal } from '../../src/journal/sqliteJournal.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { orderRow } from '../journal/fixtures.ts';
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

const undos = new Undos();
afterEach(() => undos.all());
afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const asideName = /^journal-damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.db$/;
const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}_${String(index + 1)}`);

describe.skipIf(!hasSignals)('garbage in the middle of journal.db', () => {
  it('sets it aside, says so and starts disarmed', { timeout: timeLimit(1, 30_000) }, async () => {
    const dataDir = undos.folder();
    const pathOf = (name: string): string => join(dataDir, name);
    writeOpenConfig(dataDir);
    const ports = await fixedPorts();
    const ea = await startLedgerEa(endpointsOf(ports), join(undos.folder(), 'ledger.ndjson'));
    undos.add(ea.end);
    const start = async (): Promise<StartedApp> => {
      const app = startApp({ dataDir, ports, flags: ['--armed'] });
      undos.add(() => app.end('SIGKILL'));
      await app.ready;
      return app;
    };
    const look = async (): Promise<{ armed: boolean; alarms: Alarm[]; orders: number }> => {
      const { stdout } = await runCli(dataDir, 'status', '--json');
      const state = JSON.parse(stdout) as { bridges: BridgeState[]; alarms: Alarm[]; lastOrders: unknown[] };
      const alarms = state.alarms.filter(({ code }) => code === 'journal_set_aside');
      return { armed: mainBridge({ state }).armed, alarms, orders: state.lastOrders.length };
    };
    const trade = async (app: StartedApp, signalIds: string[]): Promise<void> => {
      const client = await app.connect();
      await armWhenCurrent(client);
      const orders = await fireAll(client, signalIds);
      expect(orders.map(({ state }) => state)).toEqual(signalIds.map(() => 'filled'));
      client.close();
    };

    const sound = await start();
    await trade(sound, numbered('BEFORE', 40));
    expect((await sound.end('SIGTERM')).code, sound.output.stderr).toBe(0);
    expect(readdirSync(dataDir)).not.toContain('journal.db-wal');
    const middle = Math.floor(statSync(pathOf('journal.db')).size / 2);
    blot(pathOf('journal.db'), middle, Buffer.alloc(10_000, 0x5a));
    const damaged = readFileSync(pathOf('journal.db'));

    const app = await start();
    const aside = readdirSync(dataDir).filter((name) => asideName.test(name));
    expect(aside).toHaveLength(1);
    expect(readFileSync(pathOf(aside[0] ?? '')).equals(damaged)).toBe(true);
    const { armed, alarms, orders } = await look();
    expect({ armed, orders, alarms: alarms.map(({ level }) => level) }).toEqual({
      armed: false,
      orders: 0,
      alarms: ['critical'],
    });
    expect(alarms[0]?.text).toContain(aside[0]);
    expect(app.output.stderr).toContain(alarms[0]?.text);
    // The new journal is one to work with.
    await trade(app, ['AFTER_1']);
    expect((await app.end('SIGTERM')).code, app.output.stderr).toBe(0);
    expect(await withJournal(dataDir, ({ journal }) => journal.findSent('main', 'AFTER_1')?.state)).toBe('filled');

    const next = await start();
    expect(await look()).toMatchObject({ armed: true, alarms: [] });
    await next.end('SIGKILL');
    expect(readdirSync(dataDir).filter((name) => asideName.test(name))).toEqual(aside);
    expect(readFileSync(pathOf(aside[0] ?? '')).equals(damaged)).toBe(true);
    say(
      `a journal with garbage in the middle: set aside as ${aside[0] ?? ''}, ${String(damaged.length)} bytes as they were; started disarmed, and normally after that`,
    );
  });
});

describe('garbage anywhere in journal.db is found at the start, or does no harm', () => {
  const orders = 200;
  const open = (dataDir: string): OpenedJournal =>
    openSqliteJournal({ dataDir, now: () => Date.UTC(2026, 5, 2, 3, 4, 5), logError: () => undefined });

  const soundJournal = async (): Promise<string> => {
    const dataDir = undos.folder();
    const { journal } = open(dataDir);
    for (let number = 1; number <= orders; number += 1) {
      journal.write([orderRow(number, {}, new Uint8Array(100).fill(number))]);
      journal.write([orderRow(number, { state: number % 7 === 0 ? 'unknown' : 'filled' })]);
    }
    await journal.close();
    return dataDir;
  };
  /** @returns 'set aside', 'no harm', or what is wrong with a journal that was taken for sound */
  const tryOut = async (file: Buffer, wanted: string): Promise<string> => {
    const dataDir = undos.folder();
    writeFileSync(join(dataDir, 'journal.db'), file);
    let journal: Journal | null = null;
    try {
      const opened = open(dataDir);
      journal = opened.journal;
      if (opened.setAside !== null) return 'set aside';
      return telling(journal, orders) === wanted ? 'no harm' : 'harm';
    } catch (error) {
      return String(error);
    } finally {
      await journal?.close();
      rmSync(dataDir, { recursive: true });
    }
  };
  const run = async (sizes: number[], count: number): Promise<Map<string, number>> => {
    const dataDir = await soundJournal();
    const opened = open(dataDir);
    const wanted = telling(opened.journal, orders);
    await opened.journal.close();
    const sound = readFileSync(join(dataDir, 'journal.db'));
    const random = seededRandom(20_250_101);
    const results = new Map<string, number>();
    for (let number = 0; number < count; number += 1) {
      const size = sizes[number % sizes.length] ?? 1;
      const file = Buffer.from(sound);
      const at = Math.floor(random() * (file.length - size));
      for (let index = 0; index < size; index += 1) file[at + index] = Math.floor(random() * 256);
      const result = await tryOut(file, wanted);
      results.set(result, (results.get(result) ?? 0) + 1);
    }
    return results;
  };
  const inWords = (results: Map<string, number>): string =>
    [...results].map(([result, count]) => `${String(count)} ${result}`).join(', ');

  const blotches = times(60, 3_000);
  it(
    `a blotch of 64 bytes to two pages, ${String(blotches)} times`,
    { timeout: timeLimit(blotches, 200) },
    async () => {
      const results = await run([64, 512, 4_096, 8_192], blotches);
      say(`a blotch anywhere in journal.db: ${String(blotches)} times; ${inWords(results)}`);
      expect([...results.keys()].filter((result) => result !== 'set aside' && result !== 'no harm')).toEqual([]);
      expect(results.get('set aside') ?? 0).toBeGreaterThan(blotches / 2);
    },
  );

  const specks = times(100, 5_000);
  it(`a speck of 1 to 8 bytes, ${String(specks)} times`, { timeout: timeLimit(specks, 200) }, async () => {
    const results = await run([1, 2, 4, 8], specks);
    say(`a speck anywhere in journal.db: ${String(specks)} times; ${inWords(results)}`);
    expect([...results.keys()].filter((result) => result !== 'set aside' && result !== 'no harm')).toEqual([]);
  });

  it('one byte of the index by which a repeated ID is found', async () => {
    const dataDir = await soundJournal();
    const path = join(dataDir, 'journal.db');
    blot(
      path,
      readFileSync(path).indexOf('mainS150', pageOf(path, 'orders_by_signal')) + 'mainS'.length,
      Buffer.from('9'),
    );
    const { journal, setAside } = open(dataDir);
    // Otherwise the EA would be sent this ID a second time, and trade it again (W4).
    expect(setAside !== null || journal.findSent('main', 'S150') !== null).toBe(true);
    await journal.close();
  });

  it('one byte of the column by which trades are counted', async () => {
    const dataDir = await soundJournal();
    const path = join(dataDir, 'journal.db');
    blot(path, readFileSync(path).indexOf('mainS150buyfilled') + 'mainS150'.length, Buffer.from('x'));
    const { journal, setAside } = open(dataDir);
    // Otherwise this trade is missing where the limits and the window for duplicates are checked.
    const counted = journal.tradesSince('main', 0).some(({ signalId }) => signalId === 'S150');
    expect(setAside !== null || counted).toBe(true);
    await journal.close();
  });

  it.each([
    'signal_id TEXT NOT NULL',
    'messages INTEGER',
    'account TEXT',
    'entries_are_not_changed BEFORE UPDATE',
    "filled'",
  ])('one byte of what its tables are: %s', async (text) => {
    const dataDir = await soundJournal();
    const path = join(dataDir, 'journal.db');
    // A page of the schema that was split still has the old text behind its end, so each place is blotted.
    const file = readFileSync(path);
    for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + 1)) {
      blot(path, at, Buffer.from('X'));
    }
    const { journal, setAside } = open(dataDir);
    expect(setAside).not.toBeNull();
    await journal.close();
  });
});

/** Where a leaf of an index begins that holds S150. */
function pageOf(path: string, index: string): number {
  const db = new Database(path, { readonly: true });
  const pages = db
    .prepare<[string], number>("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'")
    .pluck()
    .all(index);
  db.close();
  const file = readFileSync(path);
  const page = pages.find((each) => file.subarray((each - 1) * 4_096, each * 4_096).includes('mainS150'));
  if (page === undefined) throw new Error(`S150 is not in ${index}.`);
  return (page - 1) * 4_096;
}

/** All that the app asks of a journal. */
function telling(journal: Journal, orders: number): string {
  const numbers = Array.from({ length: orders }, (_, index) => index + 1);
  return JSON.stringify([
    journal.lastOrders(orders),
    journal.lastOrderNumber(),
    journal.ordersInDoubt('main'),
    numbers.map((number) => journal.findSent('main', `S${String(number)}`)),
    numbers.map((number) => journal.findOrder(number)),
    journal.tradesSince('main', 0),
  ]);
}

function blot(path: string, position: number, bytes: Buffer): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, position);
  } finally {
    closeSync(file);
  }
}
