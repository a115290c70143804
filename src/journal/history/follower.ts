import type { Database } from 'better-sqlite3';
import { EntryFold, type FollowedEntry, type OrderGroup } from '../../controller/statistics/entryFold.ts';
import { TallySum, type Tally } from '../../controller/statistics/orderTally.ts';
import type { JournalEntry } from '../../controller/ports/journalEntry.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { XpState } from '../../domain/xp.ts';
import { parseOrder } from '../rows/parseOrder.ts';

/** Entries taken in one step: some 20 ms of reading, then a write of a few milliseconds. */
const chunk = 1_000;

interface Row {
  seq: number;
  at: number;
  type: 'order' | 'milestone';
  body: string;
}

/** Keeps statistics and experience points up to date with the entries. */
export interface Follower {
  /** Takes the next entries, up to {@link chunk}. @returns whether there is more to do */
  step: () => boolean;
  /** Counted part of the journal, 0 to 1. */
  counted: () => number;
}

/**
 * Follows the entries from the end of the last step, which is stored in the transaction that counts them: each counts once,
 * whenever the app ends. Reading and adding happen before the write lock is taken, for which an order about to be sent may be
 * waiting.
 */
export function prepareFollower(db: Database): Follower {
  const followed = db.prepare<[], number>('SELECT seq FROM followed').pluck();
  const lastSeq = db.prepare<[], number | null>('SELECT max(seq) FROM entries').pluck();
  const next = db.prepare<[number], Row>(
    `SELECT seq, at, type, body FROM entries WHERE seq > ? AND type IN ('order', 'milestone')
     ORDER BY seq LIMIT ${String(chunk)}`,
  );
  const earlier = db
    .prepare<[number, number], string>(
      `SELECT body FROM entries WHERE order_number = ? AND type = 'order' AND seq < ? ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  const xpState = db.prepare<[string], string>('SELECT body FROM xp_states WHERE account = ?').pluck();
  const write = prepareWrite(db);

  const read = db.transaction((): { fold: EntryFold; until: number } | null => {
    const after = followed.get() ?? 0;
    const last = lastSeq.get() ?? 0;
    if (last <= after) return null;
    const fold = new EntryFold((account) => {
      const known = xpState.get(account);
      return known === undefined ? null : (JSON.parse(known) as XpState);
    });
    /** Orders of this step, by number. */
    const seen = new Map<number, Order>();
    const rows = next.all(after);
    for (const { seq, at, type, body } of rows) {
      if (type === 'milestone') {
        const entry = JSON.parse(body) as Extract<JournalEntry, { type: 'milestone' }>;
        fold.add({ seq, at, entry, before: null });
        continue;
      }
      const order = parseOrder(body);
      const known = seen.get(order.number);
      const before = known ?? orderOrNull(earlier.get(order.number, seq));
      const taken: FollowedEntry = { seq, at, entry: { type, order, frame: null }, before };
      fold.add(taken);
      seen.set(order.number, order);
    }
    return { fold, until: rows.length < chunk ? last : (rows.at(-1)?.seq ?? last) };
  });

  return {
    step: () => {
      const step = read();
      if (step === null) return false;
      write.immediate(step.fold, step.until);
      return step.until < (lastSeq.get() ?? 0);
    },
    counted: () => {
      const last = lastSeq.get() ?? 0;
      return last === 0 ? 1 : (followed.get() ?? 0) / last;
    },
  };
}

function orderOrNull(body: string | undefined): Order | null {
  return body === undefined ? null : parseOrder(body);
}

function prepareWrite(db: Database) {
  const groupKey = 'bridge = ? AND day = ? AND account = ? AND source = ? AND symbol = ?';
  const group = db.prepare<unknown[], string>(`SELECT body FROM order_groups WHERE ${groupKey}`).pluck();
  const putGroup = db.prepare(
    `INSERT INTO order_groups (bridge, day, account, source, symbol, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET body = excluded.body`,
  );
  const addReason = db.prepare(
    `INSERT INTO order_reasons (bridge, day, account, source, symbol, state, reason, count)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const addAward = db.prepare(
    `INSERT INTO xp_awards (bridge, account, seq, reason, at, day, points, order_number, signal_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addDay = db.prepare(
    `INSERT INTO xp_days (bridge, account, day, points) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET points = points + excluded.points`,
  );
  const putState = db.prepare(
    'INSERT INTO xp_states (account, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const follow = db.prepare('UPDATE followed SET seq = ?');
  const columns = ({ bridge, day, account, source, symbol }: OrderGroup): string[] => [
    bridge,
    day,
    account,
    source,
    symbol,
  ];

  return db.transaction((fold: EntryFold, until: number): void => {
    for (const { group: key, sum } of fold.groups.values()) {
      const known = group.get(...columns(key));
      const total = new TallySum();
      if (known !== undefined) total.add(JSON.parse(known) as Tally);
      total.add(sum.tally());
      putGroup.run(...columns(key), JSON.stringify(total.tally()));
    }
    for (const { group: key, count } of fold.reasons.values()) {
      if (count !== 0) addReason.run(...columns(key), key.state, key.reason, count);
    }
    for (const { bridge, account, seq, reason, at, day, points, order, signalId } of fold.awards) {
      addAward.run(bridge, account, seq, reason, at, day, points, order, signalId);
    }
    for (const { bridge, account, day, points } of fold.xpDays.values()) addDay.run(bridge, account, day, points);
    for (const [account, state] of fold.xpStates) putState.run(account, JSON.stringify(state));
    follow.run(until);
  });
}
