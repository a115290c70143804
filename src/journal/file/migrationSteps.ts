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
  // Deals of accounts, as their EAs tell them. "account" is login@server, "costs" commission and fee.
  `CREATE TABLE deals (
     account TEXT NOT NULL,
     deal INTEGER NOT NULL,
     at INTEGER NOT NULL,
     bridge TEXT NOT NULL,
     position INTEGER NOT NULL,
     symbol TEXT NOT NULL,
     side TEXT NOT NULL,
     entry TEXT NOT NULL,
     lots REAL NOT NULL,
     price REAL,
     profit REAL,
     swap REAL,
     costs REAL,
     reason TEXT,
     magic TEXT,
     comment TEXT NOT NULL,
     signal_id TEXT,
     source TEXT,
     -- Who opened its position: a source, else how, as 'mobile'; '' is not known.
     opener TEXT NOT NULL,
     PRIMARY KEY (account, deal)
   ) WITHOUT ROWID;
   CREATE INDEX deals_of_positions ON deals (account, position, at, deal);
   CREATE INDEX deals_closed ON deals (account, at, deal) WHERE entry <> 'in';
   CREATE INDEX deals_by_time ON deals (account, at, symbol, opener, entry, profit, swap, costs);

   -- Sums of whole days (UTC, days since 1970), so that years are added up without reading each deal.
   CREATE TABLE deal_days (
     account TEXT NOT NULL,
     day INTEGER NOT NULL,
     symbol TEXT NOT NULL,
     opener TEXT NOT NULL,
     deals INTEGER NOT NULL,
     closed INTEGER NOT NULL,
     won INTEGER NOT NULL,
     profit REAL NOT NULL,
     swap REAL NOT NULL,
     costs REAL NOT NULL,
     PRIMARY KEY (account, day, symbol, opener)
   ) WITHOUT ROWID;
   CREATE TRIGGER deals_added AFTER INSERT ON deals BEGIN
     INSERT INTO deal_days VALUES (
       NEW.account, NEW.at / 86400000, NEW.symbol, NEW.opener, 1, NEW.entry <> 'in', NEW.entry <> 'in' AND coalesce(NEW.profit, 0) > 0,
       coalesce(NEW.profit, 0), coalesce(NEW.swap, 0), coalesce(NEW.costs, 0)
     ) ON CONFLICT DO UPDATE SET
       deals = deals + 1, closed = closed + excluded.closed, won = won + excluded.won, profit = profit + excluded.profit,
       swap = swap + excluded.swap, costs = costs + excluded.costs;
   END;
   CREATE TRIGGER deals_removed AFTER DELETE ON deals BEGIN
     UPDATE deal_days SET
       deals = deals - 1, closed = closed - (OLD.entry <> 'in'), won = won - (OLD.entry <> 'in' AND coalesce(OLD.profit, 0) > 0),
       profit = profit - coalesce(OLD.profit, 0), swap = swap - coalesce(OLD.swap, 0), costs = costs - coalesce(OLD.costs, 0)
     WHERE account = OLD.account AND day = OLD.at / 86400000 AND symbol = OLD.symbol AND opener = OLD.opener;
   END;
   CREATE TRIGGER deals_of_openers AFTER UPDATE OF opener ON deals BEGIN
     UPDATE deal_days SET
       deals = deals - 1, closed = closed - (OLD.entry <> 'in'), won = won - (OLD.entry <> 'in' AND coalesce(OLD.profit, 0) > 0),
       profit = profit - coalesce(OLD.profit, 0), swap = swap - coalesce(OLD.swap, 0), costs = costs - coalesce(OLD.costs, 0)
     WHERE account = OLD.account AND day = OLD.at / 86400000 AND symbol = OLD.symbol AND opener = OLD.opener;
     INSERT INTO deal_days VALUES (
       NEW.account, NEW.at / 86400000, NEW.symbol, NEW.opener, 1, NEW.entry <> 'in', NEW.entry <> 'in' AND coalesce(NEW.profit, 0) > 0,
       coalesce(NEW.profit, 0), coalesce(NEW.swap, 0), coalesce(NEW.costs, 0)
     ) ON CONFLICT DO UPDATE SET
       deals = deals + 1, closed = closed + excluded.closed, won = won + excluded.won, profit = profit + excluded.profit,
       swap = swap + excluded.swap, costs = costs + excluded.costs;
   END;`,
];
