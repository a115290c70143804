import type { Register } from './register.ts';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupIdleJournal } from '../../journal/file/backupJournal.ts';
import { marksDir } from '../folder/folderMark.ts';
import { makeBackup, type BackupDone } from '../folder/makeBackup.ts';
import { version } from '../machine/version.ts';
import { exitCodes } from './exitCodes.ts';
import { withApp, type AppOptions, type Output } from './withApp.ts';

/** Lets the app copy its data folder, or copies it here where none runs. */
function backup(options: AppOptions, dir: string): Promise<void> {
  const told = ({ print }: Pick<Output, 'print'>, done: BackupDone): typeof exitCodes.done => {
    print(done, `The backup is in ${done.dir}. A desk that is started on it, or on a copy of it, starts killed.`);
    return exitCodes.done;
  };
  return withApp(
    options,
    async (client, output) => told(output, await client.call('backup', { dir: resolve(dir) })),
    async ({ path }, output) => {
      if (!['journal.db', 'config.json', join('paper', 'journal.db')].some((name) => existsSync(join(path, name)))) {
        return null;
      }
      const now = (): number => Date.now();
      const copyJournal = (source: string, target: string): Promise<void> =>
        backupIdleJournal({ source, target, at: now() });
      const parts = { dataDir: path, marksDir: marksDir(), version, now, copyJournal };
      return told(output, await makeBackup(resolve(dir), parts));
    },
  );
}

/** `backup <dir>` */
export const register: Register = (program, options) => {
  program
    .command('backup')
    .description('copy journal, settings and marks into an empty folder, while trading goes on or while no app runs')
    .argument('<dir>', 'the folder; created if it is missing')
    .action((dir: string) => backup(options(), dir));
};
