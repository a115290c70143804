/** Migration step: deals of accounts, as their EAs tell them. "account" is login@server, "costs" commission and fee. */
export const dealsStep = `CREATE TABLE deals (
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
   END;`;
