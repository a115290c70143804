import { dealsStep } from './dealsStep.ts';

/** "BITD": identifies a journal among SQLite files. */
export const applicationId = 0x42495444;

/** SQL that leads to version 1, 2, … A released step is never changed. */
export const migrationSteps: readonly string[] = [
  `PRAGMA application_id = ${String(applicationId)};

   CREATE TABLE entries (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     type TEXT NOT NULL,
     bridge TEXT,
     order_number INTEGER,
     signal_id TEXT,
     body TEXT NOT NULL,
     frame BLOB
   );
   CREATE INDEX entries_by_order ON entries (order_number) WHERE order_number IS NOT NULL;
   CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
     BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END;
   CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries
     WHEN EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)
     BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END;
   CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
     BEGIN SELECT RAISE(ABORT, 'The journal is append-only.'); END;

   -- Each order as its newest entry has it.
   CREATE TABLE orders (
     number INTEGER PRIMARY KEY,
     bridge TEXT NOT NULL,
     signal_id TEXT NOT NULL,
     action TEXT NOT NULL,
     state TEXT NOT NULL,
     at INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX orders_by_signal ON orders (bridge, signal_id);
   CREATE INDEX orders_by_time ON orders (bridge, at);
   CREATE INDEX orders_in_doubt ON orders (bridge) WHERE state IN ('sent', 'unknown');

   CREATE TABLE remembered (key TEXT PRIMARY KEY, at INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;

   CREATE TABLE identity (
     one INTEGER PRIMARY KEY CHECK (one = 1),
     instance TEXT NOT NULL,
     generation INTEGER NOT NULL
   );
   INSERT INTO identity VALUES (1, lower(hex(randomblob(8))), 0);`,

  `CREATE TABLE samples (
     bridge TEXT NOT NULL,
     at INTEGER NOT NULL,
     account TEXT,
     balance REAL NOT NULL,
     equity REAL NOT NULL,
     low REAL NOT NULL,
     high REAL NOT NULL,
     margin REAL,
     PRIMARY KEY (bridge, at)
   ) WITHOUT ROWID;

   -- "minute" is its first millisecond, "at" the time of its last sample.
   CREATE TABLE minutes (
     bridge TEXT NOT NULL,
     minute INTEGER NOT NULL,
     at INTEGER NOT NULL,
     account TEXT,
     balance REAL NOT NULL,
     equity REAL NOT NULL,
     low REAL NOT NULL,
     high REAL NOT NULL,
     margin REAL,
     PRIMARY KEY (bridge, minute)
   ) WITHOUT ROWID;`,

  // Statistics and experience points, as the history worker adds them up from the entries, beginning with the first.
  `-- The last entry that is counted.
   CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
   INSERT INTO followed VALUES (1, 0);

   -- An account without a name is ''. "body" is a tally.
   CREATE TABLE order_groups (
     bridge TEXT NOT NULL,
     day TEXT NOT NULL,
     account TEXT NOT NULL,
     source TEXT NOT NULL,
     symbol TEXT NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (bridge, day, account, source, symbol)
   ) WITHOUT ROWID;

   CREATE TABLE order_reasons (
     bridge TEXT NOT NULL,
     day TEXT NOT NULL,
     account TEXT NOT NULL,
     source TEXT NOT NULL,
     symbol TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT NOT NULL,
     count INTEGER NOT NULL,
     PRIMARY KEY (bridge, day, account, source, symbol, state, reason)
   ) WITHOUT ROWID;

   CREATE TABLE xp_states (account TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;

   CREATE TABLE xp_days (
     bridge TEXT NOT NULL,
     account TEXT NOT NULL,
     day TEXT NOT NULL,
     points INTEGER NOT NULL,
     PRIMARY KEY (bridge, account, day)
   ) WITHOUT ROWID;

   -- One entry gives at most one award for a reason.
   CREATE TABLE xp_awards (
     bridge TEXT NOT NULL,
     account TEXT NOT NULL,
     seq INTEGER NOT NULL,
     reason TEXT NOT NULL,
     at INTEGER NOT NULL,
     day TEXT NOT NULL,
     points INTEGER NOT NULL,
     order_number INTEGER,
     signal_id TEXT,
     PRIMARY KEY (bridge, account, seq, reason)
   ) WITHOUT ROWID;`,

  // For charts: roll-ups of figures over years, message counts, and marked fills.
  `ALTER TABLE samples ADD COLUMN messages INTEGER;
   ALTER TABLE minutes ADD COLUMN messages INTEGER;

   -- As minutes, but for hours.
   CREATE TABLE hours (
     bridge TEXT NOT NULL,
     hour INTEGER NOT NULL,
     at INTEGER NOT NULL,
     account TEXT,
     balance REAL NOT NULL,
     equity REAL NOT NULL,
     low REAL NOT NULL,
     high REAL NOT NULL,
     margin REAL,
     messages INTEGER,
     PRIMARY KEY (bridge, hour)
   ) WITHOUT ROWID;
   INSERT INTO hours
     SELECT m.bridge, h.hour, m.at, m.account, m.balance, m.equity, h.low, h.high,
       coalesce(m.margin, (
         SELECT margin FROM minutes WHERE bridge = m.bridge AND minute BETWEEN h.hour AND h.last AND margin IS NOT NULL
         ORDER BY minute DESC LIMIT 1
       )),
       NULL
     FROM (
       SELECT bridge, minute - minute % 3600000 AS hour, max(minute) AS last, min(low) AS low, max(high) AS high
       FROM minutes GROUP BY 1, 2
     ) AS h JOIN minutes AS m ON m.bridge = h.bridge AND m.minute = h.last;

   CREATE INDEX orders_filled ON orders (bridge, at, action) WHERE state = 'filled';`,
  // Index for finding and sorting orders; the history worker fills it from the entries, beginning with the first.
  `-- The last entry that is read.
   CREATE TABLE order_index_read (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
   INSERT INTO order_index_read VALUES (1, 0);

   CREATE TABLE order_index (
     number INTEGER PRIMARY KEY,
     bridge TEXT NOT NULL,
     at INTEGER NOT NULL,
     state TEXT NOT NULL,
     action TEXT NOT NULL,
     symbol TEXT NOT NULL,
     source TEXT NOT NULL,
     signal_id TEXT NOT NULL,
     lot REAL NOT NULL,
     sl REAL NOT NULL,
     tp REAL NOT NULL,
     ticket INTEGER,
     price REAL,
     round_trip REAL
   );`,
  // A signal that a person dismissed is listed and counted as such.
  `UPDATE order_index SET state = 'dismissed' WHERE state = 'refused' AND number IN (
     SELECT number FROM orders WHERE state = 'refused' AND json_extract(body, '$.refusal.code') = 'dismissed'
   );
   UPDATE order_groups AS g SET body = json_set(
     g.body,
     '$.counts.refused', json_extract(g.body, '$.counts.refused') - r.count,
     '$.counts.dismissed', r.count
   ) FROM order_reasons AS r
   WHERE r.state = 'refused' AND r.reason = 'dismissed' AND r.bridge = g.bridge AND r.day = g.day
     AND r.account = g.account AND r.source = g.source AND r.symbol = g.symbol;
   DELETE FROM order_reasons WHERE state = 'refused' AND reason = 'dismissed';`,
  // For the list of what persons did: see activityCondition.
  `CREATE INDEX entries_of_persons ON entries (seq)
     WHERE (type IN ('armed', 'kill_switch', 'account', 'rebased', 'settings', 'engine', 'feed', 'acknowledged')
       OR (type = 'order' AND at = json_extract(body, '$.settledBy.at')));`,
  dealsStep,
  // Pending orders that wait at the broker.
  "CREATE INDEX orders_placed ON orders (bridge) WHERE state = 'placed';",
];
