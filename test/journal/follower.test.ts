import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order, OrderState } from '../../src/domain/orders/order.ts';
import type { JournalRow } from '../../src/controller/ports/journal.ts';
import { prepareFollower } from '../../src/journal/history/follower.ts';
import { everything, journalFolder, type JournalFolder, milestoneRow, orderRow } from './fixtures.ts';

let folder: JournalFolder;
beforeEach(() => {
  folder = journalFolder();
});
afterEach(() => folder.remove());

const tables = ['order_groups', 'order_reasons', 'xp_states', 'xp_days', 'xp_awards'];

/** What is counted, without what came to nothing. */
function counted(db: Database.Database): unknown[][] {
  return tables.map((table) =>
    db
      .prepare<[], { body?: string }>(`SELECT * FROM ${table}${table === 'order_reasons' ? ' WHERE count <> 0' : ''}`)
      .all()
      .map((found) => ({ ...found, body: JSON.parse(found.body ?? 'null') as unknown })),
  );
}

function followAll(db: Database.Database): void {
  const follower = prepareFollower(db);
  while (follower.step());
}

const states = ['sent', 'unknown', 'filled', 'filled', 'rejected'] satisfies OrderState[];
/** Entries of a few orders in any order of events, feedback that came twice among them. */
const entry: fc.Arbitrary<JournalRow> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ number: fc.integer({ min: 1, max: 12 }), state: fc.constantFrom(...states), repeats: fc.nat(2) })
      .map(({ number, state, repeats }) =>
        orderRow(number, {
          state,
          repeats,
          account: number % 3 === 0 ? 'other' : 'account',
          day: number > 6 ? '2026-06-02' : '2026-06-01',
          message: state === 'rejected' ? `No money ${String(number)}` : null,
          roundTripMs: state === 'sent' ? null : number * 10,
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      milestoneRow({ kind: 'profit', step: 5, balance: 1 }),
      milestoneRow({ kind: 'profit', step: 10, balance: 1 }),
      milestoneRow({ kind: 'margin_low', level: 1 }),
      milestoneRow({ kind: 'margin_recovered', level: 1 }),
    ),
  },
);

/** As the core writes it: what is filled or rejected stays so. */
function settled(parts: JournalRow[][]): JournalRow[][] {
  const last = new Map<number, Order>();
  return parts.map((part) =>
    part.map((one) => {
      if (one.entry.type !== 'order') return one;
      const known = last.get(one.entry.order.number);
      const final = known?.state === 'filled' || known?.state === 'rejected';
      const order = final ? { ...known, repeats: known.repeats + 1 } : one.entry.order;
      last.set(order.number, order);
      return { ...one, entry: { ...one.entry, order } };
    }),
  );
}

describe('what is counted from the entries', () => {
  it('is the same in parts and over restarts as from the beginning at once, and no award is given twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry, { maxLength: 12 }), { maxLength: 4 }).map(settled), async (parts) => {
        const own = journalFolder();
        const file = join(own.path, 'journal.db');
        for (const part of parts) {
          const { journal } = own.open();
          journal.write(part);
          await journal.close();
          const db = new Database(file);
          followAll(db);
          db.close();
        }
        const { journal } = own.open();
        await journal.statistics(everything);
        const { total, awards } = await journal.xp({ bridge: 'main', account: null, limit: 1_000 });
        await journal.close();
        const db = new Database(file);
        const inParts = counted(db);
        for (const table of tables) db.exec(`DELETE FROM ${table}`);
        db.exec('UPDATE followed SET seq = 0');
        followAll(db);
        expect(counted(db)).toEqual(inParts);
        db.close();
        await own.remove();

        expect(total).toBe(awards.reduce((sum, { points }) => sum + points, 0));
        const given = awards.map(({ account, reason, order, day, seq }) => {
          if (reason === 'execution') return ['execution', order];
          if (reason === 'first_of_day') return [account, reason, day];
          return reason.startsWith('profit') || reason === 'first_execution' ? [account, reason] : [reason, seq];
        });
        expect(new Set(given.map((each) => JSON.stringify(each))).size).toBe(given.length);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('is all or nothing: a step that fails is done again as a whole', () => {
    const { journal } = folder.open();
    journal.write([orderRow(1, { state: 'filled' }), orderRow(2, { state: 'filled' })]);
    const db = new Database(join(folder.path, 'journal.db'));
    db.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON xp_days BEGIN SELECT RAISE(ABORT, 'full'); END");
    const follower = prepareFollower(db);
    expect(() => follower.step()).toThrow('full');
    expect(counted(db).flat()).toEqual([]);
    expect(follower.counted()).toBe(0);
    db.exec('DROP TRIGGER full');
    expect(follower.step()).toBe(false);
    expect(follower.counted()).toBe(1);
    expect(db.prepare('SELECT sum(points) FROM xp_awards').pluck().get()).toBe(25);
    db.close();
  });

  it('follows by itself, and tells how far it has come', async () => {
    const { journal } = folder.open();
    journal.write(Array.from({ length: 30_000 }, (_, index) => orderRow(index + 1, { state: 'filled' })));
    const first = await journal.statistics(everything);
    expect(first.counted).toBeGreaterThan(0);
    expect(first.totals.orders / 30_000).toBeCloseTo(first.counted, 3);
    for (let last = first; last.counted < 1; last = await journal.statistics(everything));
    expect((await journal.statistics(everything)).totals.orders).toBe(30_000);
  });
});
