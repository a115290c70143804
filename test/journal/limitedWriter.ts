import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFailure } from '../../src/journal/rows/journalFailure.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { orderRow } from './fixtures.ts';

// Lets the system refuse this process's writes for a while, and tells what became of the journal in the data folder.

const [dataDir = ''] = process.argv.slice(2);
const limitFiles = (bytes: string): void => {
  execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
};

const { journal } = openSqliteJournal({ dataDir, now: Date.now, logError: () => undefined });
for (let number = 1; number <= 100; number += 1) journal.write([orderRow(number)]);
const before = journal.lastOrderNumber();

limitFiles(String(statSync(join(dataDir, 'journal.db-wal')).size + 5_000));
// After the second failure in a row, the next write connects anew.
const failures = [1, 2].map(() => {
  try {
    journal.write([orderRow(101), orderRow(102)]);
    return null;
  } catch (error) {
    return error instanceof JournalFailure ? [error.code, error.message] : String(error);
  }
});
const meanwhile = journal.lastOrderNumber();

limitFiles('unlimited');
journal.write([orderRow(101)]);
process.stdout.write(JSON.stringify({ before, failures, meanwhile, after: journal.lastOrderNumber() }));
await journal.close();
