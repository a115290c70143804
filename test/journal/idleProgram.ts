import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';

// Asks the history worker something, and then has nothing left to do.

const [dataDir = ''] = process.argv.slice(2);
const { journal } = openSqliteJournal({ dataDir, now: Date.now, logError: () => undefined });
process.stdout.write(`${JSON.stringify(await journal.timeline(1))}\n`);
