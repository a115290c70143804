import type { Database } from 'better-sqlite3';
import { migrationSteps } from './migrationSteps.ts';
import { JournalFailure } from '../rows/journalFailure.ts';

export const schemaVersion = migrationSteps.length;

export function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** @throws JournalFailure `journal_newer` */
export function refuseNewer(db: Database): void {
  const version = versionOf(db);
  if (version <= schemaVersion) return;
  throw new JournalFailure(
    'journal_newer',
    `A newer version of BITTEN Desk has written this journal (its format is ${String(version)}, this version reads up to ${String(schemaVersion)}): install that version again, or choose another data folder.`,
  );
}

/** Brings the schema to version `to`, each version in a transaction of its own. */
export function migrate(db: Database, to: number = schemaVersion): void {
  refuseNewer(db);
  const from = versionOf(db);
  migrationSteps.slice(from, to).forEach((sql, index) => {
    const step = db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${String(from + index + 1)}`);
    });
    step.immediate();
  });
}

/** SQL of tables, indexes and triggers, without SQLite's internal tables. */
export function schemaOf(db: Database): string {
  const parts = db
    .prepare<[], string>(
      `SELECT concat_ws(' ', type, name, tbl_name, sql) FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name`,
    )
    .pluck()
    .all();
  return parts.join('\n');
}
