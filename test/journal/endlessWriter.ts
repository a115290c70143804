import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { orderRow, rememberRow } from './fixtures.ts';

// Writes orders into the data folder it is given until it is killed, and tells each number once it is durable.

const [dataDir = ''] = process.argv.slice(2);
const { journal } = openSqliteJournal({ dataDir, now: Date.now, logError: () => undefined });
for (let number = 1; ; number += 1) {
  journal.write([orderRow(number, {}, new Uint8Array(100)), rememberRow('last', number)]);
  process.stdout.write(`${String(number)}\n`);
}
