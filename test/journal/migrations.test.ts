import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectWriter } from '../../src/journal/file/connect.ts';
import type { ShownState } from '../../src/domain/orders/order.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { migrate, schemaVersion, versionOf } from '../../src/journal/file/migrations.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import {
  everything,
  journalFolder,
  monday,
  order,
  orderRow,
  ordersQuery,
  rememberRow,
  sample,
  sampleRow,
} from './fixtures.ts';
import type { JournalFolder } from './fixtures.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
});
afterEach(() => folder.remove());

const file = (): string => join(folder.path, 'journal.db');

/** As the first two versions wrote it. */
function oldBody(changes: Partial<Order> = {}): string {
  return JSON.stringify({ ...order(1, changes), day: undefined, quote: undefined });
}

/** A journal of an earlier version with two entries of an order, and one remembered value, in plain SQL. */
function makeJournal(version: number): void {
  const db = connectWriter(file(), {});
  migrate(db, version);
  if (version >= 1) {
    const add = db.prepare(
      "INSERT INTO entries (at, type, bridge, order_number, signal_id, body, frame) VALUES (?, 'order', 'main', 1, 'S1', ?, ?)",
    );
    add.run(monday, oldBody(), Buffer.from([1, 2]));
    add.run(monday, oldBody({ state: 'unknown' }), null);
    db.prepare("INSERT INTO orders VALUES (1, 'main', 'S1', 'buy', 'unknown', ?, 2, ?)").run(
      order(1).at,
      oldBody({ state: 'unknown' }),
    );
    db.prepare("INSERT INTO remembered VALUES ('key', ?, '{\"value\":1}')").run(monday);
  }
  if (version >= 2) {
    for (const table of ['samples (bridge, at,', 'minutes (bridge, minute, at,']) {
      const key = table.startsWith('minutes') ? [monday, monday] : [monday];
      const marks = table.startsWith('minutes') ? '?, ?' : '?';
      db.prepare(
        `INSERT INTO ${table} account, balance, equity, low, high, margin) VALUES ('main', ${marks}, 'account', 1000, 990, 989, 991, 50)`,
      ).run(...key);
    }
  }
  expect(versionOf(db)).toBe(version);
  db.close();
}

describe('migrations', () => {
  for (let version = 0; version <= schemaVersion; version += 1) {
    it(`brings a journal of version ${String(version)} up to date with all that is in it`, async () => {
      makeJournal(version);
      const { journal, setAside, identity } = folder.open();
      expect(setAside).toBeNull();
      const query = { bridge: 'main', from: 0, to: monday + 1_000, points: 10 };
      if (version >= 1) {
        expect(identity.seq).toBe(2);
        expect(journal.ordersInDoubt('main')).toEqual([order(1, { state: 'unknown' })]);
        expect(journal.remembered('key')).toEqual({ value: 1 });
        expect(await journal.timeline(1)).toMatchObject([
          { seq: 1, frame: '0102' },
          { seq: 2, frame: null },
        ]);
      }
      const counted = await journal.statistics(everything);
      expect(counted.counted).toBe(1);
      expect(counted.totals).toMatchObject({ orders: version === 0 ? 0 : 1, unknown: version === 0 ? 0 : 1 });
      expect(counted.byDay.map(({ name }) => name)).toEqual(version === 0 ? [] : ['2026-06-01']);
      const { rows } = await journal.orders(ordersQuery({ states: ['unknown'], sort: { by: 'symbol', down: false } }));
      expect(rows).toEqual(version === 0 ? [] : [order(1, { state: 'unknown' })]);
      if (version >= 2)
        expect(counted.equity).toEqual([{ account: 'account', day: '2026-06-01', first: 990, last: 990 }]);
      if (version >= 2) expect(await journal.history(query)).toEqual([sample(monday, 990, { messages: null })]);
      journal.write([orderRow(2), rememberRow('key', 2), sampleRow(sample(monday + 1_000, 995))]);
      expect(journal.lastOrderNumber()).toBe(2);
      expect((await journal.history(query)).at(-1)).toEqual(sample(monday + 1_000, 995));
      await journal.close();
      const db = new Database(file(), { readonly: true });
      expect(versionOf(db)).toBe(schemaVersion);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    });
  }

  it('list and count a signal that a person dismissed as such', async () => {
    const db = connectWriter(file(), {});
    migrate(db, 5);
    const refused = { state: 'refused', ...{ ticket: null, price: null }, refusal: refusals.dismissed() } as const;
    const both = [order(1, refused), order(2, { ...refused, refusal: refusals.disarmed() })];
    for (const each of both) {
      const body = JSON.stringify(each);
      db.prepare(
        "INSERT INTO entries (at, type, bridge, order_number, signal_id, body) VALUES (?, 'order', 'main', ?, ?, ?)",
      ).run(each.at, each.number, each.signalId, body);
      db.prepare("INSERT INTO orders VALUES (?, 'main', ?, 'buy', 'refused', ?, ?, ?)").run(
        ...[each.number, each.signalId, each.at, each.number, body],
      );
      db.prepare(
        "INSERT INTO order_index VALUES (?, 'main', ?, 'refused', 'buy', 'XAUUSD', 'ticket', ?, 0.1, 0, 0, NULL, NULL, NULL)",
      ).run(each.number, each.at, each.signalId);
      db.prepare("INSERT INTO order_reasons VALUES ('main', ?, 'account', 'ticket', 'XAUUSD', 'refused', ?, 1)").run(
        ...[each.day, each.refusal?.code],
      );
    }
    const tally = { counts: { orders: 2, refused: 2 }, trips: [], price: null, points: null };
    db.prepare("INSERT INTO order_groups VALUES ('main', '2026-06-01', 'account', 'ticket', 'XAUUSD', ?)").run(
      JSON.stringify(tally),
    );
    db.exec('UPDATE followed SET seq = 2; UPDATE order_index_read SET seq = 2;');
    db.close();

    const { journal } = folder.open();
    const found = async (state: ShownState): Promise<number[]> =>
      (await journal.orders(ordersQuery({ states: [state] }))).rows.map(({ number }) => number);
    expect(await found('dismissed')).toEqual([1]);
    expect(await found('refused')).toEqual([2]);
    const { totals, refusals: counted } = await journal.statistics(everything);
    expect(totals).toMatchObject({ orders: 2, refused: 1, dismissed: 1 });
    expect(counted).toEqual([{ reason: 'disarmed', count: 1 }]);
    await journal.close();
  });

  it('are all or nothing', () => {
    const db = connectWriter(file(), {});
    migrate(db, 1);
    // Version 2 makes this table first, and another one after it.
    db.exec('CREATE TABLE minutes (x)');
    expect(() => {
      migrate(db);
    }).toThrow('already exists');
    expect(versionOf(db)).toBe(1);
    expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'samples'").get()).toBeUndefined();
    db.close();
  });

  it('refuse a journal of a newer version and leave it as it is', () => {
    makeJournal(schemaVersion);
    const db = new Database(file());
    db.exec('ALTER TABLE entries RENAME TO entries_of_the_future');
    db.pragma(`user_version = ${String(schemaVersion + 1)}`);
    db.close();
    const before = readFileSync(file());
    const opening = (): unknown => folder.open();
    expect(opening).toThrow(
      `A newer version of BITTEN Desk has written this journal (its format is ${String(schemaVersion + 1)}, `,
    );
    expect(opening).toThrow(expect.objectContaining({ code: 'journal_newer' }) as Error);
    expect(readFileSync(file())).toEqual(before);
  });
});
