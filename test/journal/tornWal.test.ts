import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, JournalRow } from '../../src/controller/ports/journal.ts';
import { openSqliteJournal, type OpenedJournal } from '../../src/journal/sqliteJournal.ts';
import { tempDir } from '../support/tempDir.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { monday, orderRow, rememberRow, row, sample, sampleRow } from './fixtures.ts';

// What a crash, a loss of power, a dying disk or a backup of a running app leaves: a WAL that ends anywhere, or with
// any of its bits turned over. BITTEN_TORTURE=full tries every byte, which takes an hour or two.

interface Left {
  database: Buffer;
  wal: Buffer;
  /** What the journal said before the WAL, and after each of its transactions. */
  states: string[];
}

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => {
  folder.remove();
});

const pathOf = (name = 'journal.db'): string => join(folder.path, name);

function open(): OpenedJournal {
  const now = Date.UTC(2026, 5, 2, 3, 4, 5);
  return openSqliteJournal({ dataDir: folder.path, now: () => now, logError: () => undefined });
}

/** Each changes what the earlier ones wrote, and adds to every table. */
function transaction(number: number): JournalRow[] {
  const frame = new Uint8Array(200).fill(number);
  return [
    orderRow(number, {}, frame),
    row({ type: 'feedback', bridge: 'main', order: number - 1, signalId: 'x', frame, history: false }),
    orderRow(number - 1, { state: 'filled', ticket: String(number) }),
    rememberRow('last', number),
    sampleRow(sample(monday + number * 20_000, 1_000 + number)),
  ];
}

/** All that a journal says, but for how often it was opened. */
function dump(journal: Journal): string {
  // Brings the list of orders up to date.
  journal.lastOrderNumber();
  const db = new Database(pathOf(), { readonly: true });
  try {
    return ['entries', 'orders', 'remembered', 'samples', 'minutes']
      .flatMap((table) => db.prepare(`SELECT * FROM ${table}`).all())
      .map((one) => JSON.stringify(one))
      .join('\n');
  } finally {
    db.close();
  }
}

function checkpoint(): void {
  const db = new Database(pathOf());
  expect(db.pragma('wal_checkpoint(PASSIVE)')).toMatchObject([{ busy: 0 }]);
  db.close();
}

/** A journal in use, with transactions in its WAL; in between, all of the WAL was copied into the database. */
async function leave(before: number, checkpointed: boolean, after: number): Promise<Left> {
  const first = open();
  for (let number = 2; number < 30; number += 1) first.journal.write(transaction(number));
  await first.journal.close();
  const { journal } = open();
  let states = [dump(journal)];
  for (let count = 0; count < before + after; count += 1) {
    if (checkpointed && count === before) {
      checkpoint();
      // The WAL begins anew.
      states = states.slice(-1);
    }
    journal.write(transaction(30 + count));
    states.push(dump(journal));
  }
  if (checkpointed && after === 0) checkpoint();
  const left = { database: readFileSync(pathOf()), wal: readFileSync(pathOf('journal.db-wal')), states };
  await journal.close();
  return left;
}

/** @returns how many transactions of the WAL the journal still has, or 'set aside' */
async function openLeft({ database, wal, states }: Left): Promise<number | 'set aside'> {
  for (const name of readdirSync(folder.path)) rmSync(pathOf(name));
  writeFileSync(pathOf(), database);
  writeFileSync(pathOf('journal.db-wal'), wal);
  const { journal, setAside } = open();
  try {
    if (setAside !== null) {
      expect(readFileSync(pathOf(setAside)).equals(database)).toBe(true);
      expect(readFileSync(pathOf(`${setAside}-wal`)).equals(wal)).toBe(true);
      return 'set aside';
    }
    const kept = states.indexOf(dump(journal));
    expect(kept, 'The journal is in none of the states that it was in.').toBeGreaterThanOrEqual(0);
    return kept;
  } finally {
    await journal.close();
  }
}

const forms = {
  'cut off': (wal: Buffer, offset: number) => wal.subarray(0, offset),
  'turned over': (wal: Buffer, offset: number) => {
    const flipped = Buffer.from(wal);
    flipped[offset] = (wal[offset] ?? 0) ^ (1 << (offset % 8));
    return flipped;
  },
};

const occasions = [
  { when: 'before a checkpoint', leaves: () => leave(3, false, 0), every: 251, results: [0, 1, 2, 3] },
  // The database is ahead of what is left of the WAL; only a WAL that is gone as a whole does no harm.
  { when: 'after a checkpoint', leaves: () => leave(3, true, 0), every: 997, results: [3, 'set aside'] },
  // What remains of the old WAL behind the new one is of no account.
  { when: 'when it began anew', leaves: () => leave(3, true, 1), every: 997, results: [0, 1] },
];

describe('a WAL that is damaged leaves an intact beginning, or is set aside with its journal', () => {
  for (const { when, leaves, every, results } of occasions) {
    for (const [name, damage] of Object.entries(forms)) {
      const test = async (): Promise<void> => {
        const left = await leaves();
        const counts = new Map<number | 'set aside', number>();
        let cases = 0;
        const wanted = times(Math.ceil(left.wal.length / every), left.wal.length);
        for (let offset = 0; offset < left.wal.length; offset += Math.ceil(left.wal.length / wanted)) {
          const result = await openLeft({ ...left, wal: damage(left.wal, offset) });
          counts.set(result, (counts.get(result) ?? 0) + 1);
          cases += 1;
        }
        const found = [...counts].map(([result, count]) => `${String(result)}: ${String(count)}`).join(', ');
        say(`WAL ${name} ${when}: ${String(cases)} cases; transactions kept: ${found}`);
        expect(new Set(counts.keys())).toEqual(new Set(results));
        expect(await openLeft(left)).toBe(left.states.length - 1);
      };
      it(`${name} ${when}`, test, timeLimit(300, 1_000));
    }
  }

  it('and a checkpoint that was cut off does no harm', async () => {
    const left = await leave(3, false, 0);
    folder.remove();
    folder = tempDir();
    const { database: done } = await leave(3, true, 0);
    for (let end = 0; end <= done.length; end += 4_096) {
      const database = Buffer.concat([done.subarray(0, end), left.database.subarray(end)]);
      expect(await openLeft({ ...left, database })).toBe(3);
    }
  });
});
