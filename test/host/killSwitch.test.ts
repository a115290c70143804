import { closeSync, cpSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/api/state/alarms.ts';
import type { AppState, BridgeState } from '../../src/api/state/state.ts';
import { run, serveFlags, type Finished, type Running } from '../support/processes.ts';
import { marksDir } from '../../src/host/folder/folderMark.ts';
import { tempDir } from '../support/tempDir.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

/** A desk whose marks are in a folder of the test's own. */
interface Desk {
  dataDir: string;
  marks: string;
  start: (flags?: string[], dataDir?: string) => Promise<Running>;
  cli: (...args: string[]) => Promise<Finished>;
  status: (dataDir?: string) => Promise<{ killSwitch: AppState['killSwitch']; armed: boolean; alarms: Alarm[] }>;
}

function desk(): Desk {
  const home = tempDir().path;
  const env = { XDG_STATE_HOME: join(home, 'state'), LOCALAPPDATA: join(home, 'state') };
  const folder = join(home, 'desk');
  const cli = (dataDir: string, ...args: string[]): Promise<Finished> =>
    run(['src/host/cli.ts', '--data-dir', dataDir, ...args], { env }).finished;
  return {
    dataDir: folder,
    marks: join(home, 'state', 'bitten-desk', 'marks'),
    start: async (flags = [], dataDir = folder) => {
      const app = run(['scripts/serve.ts', ...serveFlags(dataDir), '--no-http', ...flags], { env });
      running.push(app);
      await new Promise<void>((resolve, reject) => {
        app.child.stdout?.on('data', () => {
          resolve();
        });
        app.finished.then(({ stderr }) => {
          reject(new Error(stderr));
        }, reject);
      });
      return app;
    },
    cli: (...args) => cli(folder, ...args),
    status: async (dataDir = folder) => {
      const { stdout } = await cli(dataDir, '--json', 'status');
      const state = JSON.parse(stdout) as {
        killSwitch: AppState['killSwitch'];
        bridges: BridgeState[];
        alarms: Alarm[];
      };
      return { killSwitch: state.killSwitch, armed: state.bridges[0]?.armed ?? true, alarms: state.alarms };
    },
  };
}

const codes = (alarms: readonly Alarm[]): string[] => alarms.map(({ code }) => code);

function damageJournal(dataDir: string): void {
  const file = openSync(join(dataDir, 'journal.db'), 'r+');
  writeSync(file, Buffer.alloc(2_048, 0x5a), 0, 2_048, 4_096 * 2);
  closeSync(file);
}

function removeJournal(dataDir: string): void {
  for (const name of readdirSync(dataDir).filter((each) => each.startsWith('journal.db'))) rmSync(join(dataDir, name));
}

/** As a disk that lost what was written leaves it. */
function emptyJournal(dataDir: string): void {
  removeJournal(dataDir);
  writeFileSync(join(dataDir, 'journal.db'), '');
}

describe.runIf(process.platform === 'linux')('the kill switch outside of the journal', () => {
  it.each([
    ['damaged', damageJournal],
    ['gone', removeJournal],
    ['empty', emptyJournal],
  ])('stays on where the journal is %s, until a person releases it', async (_how, lose) => {
    const { dataDir, start, cli, status } = desk();
    let app = await start();
    await cli('kill');
    await app.end();
    lose(dataDir);
    app = await start(['--armed']);
    const { killSwitch, armed, alarms } = await status();
    expect(killSwitch).toMatchObject({ by: 'command line' });
    expect(armed).toBe(false);
    expect(codes(alarms)).toContain('kill_switch');
    expect((await cli('arm')).code).not.toBe(0);
    expect((await cli('release')).code).toBe(0);
    await app.end('SIGKILL');
    await start();
    expect((await status()).killSwitch).toBeNull();
  });

  it.each([
    ['damaged', damageJournal],
    ['gone', removeJournal],
    ['empty', emptyJournal],
  ])('that was released stays released where the journal is %s', async (_how, lose) => {
    const { dataDir, start, cli, status } = desk();
    const app = await start();
    await cli('kill');
    await cli('release');
    await app.end();
    lose(dataDir);
    await start(['--armed']);
    const { killSwitch, armed } = await status();
    expect({ killSwitch, armed }).toEqual({ killSwitch: null, armed: false });
  });

  it.each(['', 'state'])('has one place wherever the desk is started from, with "%s" for its folder', (state) => {
    expect(marksDir({ XDG_STATE_HOME: state })).toBe(join(homedir(), '.local', 'state', 'bitten-desk', 'marks'));
  });

  it.each([
    ['garbage', Buffer.from('garbage')],
    ['nothing', Buffer.alloc(0)],
  ])('is on where its mark holds %s and the journal is lost', async (_what, bytes) => {
    const { dataDir, marks, start, status } = desk();
    const app = await start();
    await app.end('SIGKILL');
    removeJournal(dataDir);
    for (const name of readdirSync(marks)) writeFileSync(join(marks, name), bytes);
    await start(['--armed']);
    const { killSwitch, armed, alarms } = await status();
    expect(killSwitch).toMatchObject({ by: 'app' });
    expect(armed).toBe(false);
    expect(codes(alarms)).toContain('kill_switch');
  });

  it('is on in a restored copy, and its folder of before is not touched; nor is any other', async () => {
    const { dataDir, start, status } = desk();
    const copy = `${dataDir}-copy`;
    const other = `${dataDir}-other`;
    let app = await start();
    await app.end();
    cpSync(dataDir, copy, { recursive: true });
    app = await start(['--armed'], copy);
    const { killSwitch, armed, alarms } = await status(copy);
    expect(killSwitch).toMatchObject({ by: 'app' });
    expect(armed).toBe(false);
    expect(codes(alarms)).toContain('restored_copy');
    await app.end('SIGKILL');
    // Nobody has released it: it is no copy any more, and still killed.
    await start(['--armed'], copy);
    expect((await status(copy)).killSwitch).not.toBeNull();
    await start(['--armed']);
    expect(await status()).toMatchObject({ killSwitch: null, armed: true });
    await start(['--armed'], other);
    expect(await status(other)).toMatchObject({ killSwitch: null, armed: true });
  });

  it('is released only where that is written in both places', async () => {
    const { marks, start, cli, status } = desk();
    const app = await start();
    await cli('kill');
    const [mark = ''] = readdirSync(marks).filter((name) => name.startsWith('kill-'));
    mkdirSync(join(marks, `${mark}.new`));
    const refused = await cli('release');
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('stays on')]);
    expect((await status()).killSwitch).not.toBeNull();
    await app.end('SIGKILL');
    rmSync(join(marks, `${mark}.new`), { recursive: true });
    await start(['--armed']);
    expect(await status()).toMatchObject({ killSwitch: { by: 'command line' }, armed: false });
    expect((await cli('release')).code).toBe(0);
    expect((await status()).killSwitch).toBeNull();
  });

  it('is pressed also where its mark can not be written', async () => {
    const { dataDir, marks, start, cli, status } = desk();
    const app = await start();
    const [mark = ''] = readdirSync(marks).filter((name) => name.startsWith('kill-'));
    mkdirSync(join(marks, `${mark}.new`));
    expect((await cli('kill')).code).toBe(0);
    const { killSwitch, alarms } = await status();
    expect(killSwitch).not.toBeNull();
    expect(codes(alarms)).toContain('kill_mark_failed');
    rmSync(join(marks, `${mark}.new`), { recursive: true });
    await app.end();
    removeJournal(dataDir);
    await start();
    expect((await status()).killSwitch).not.toBeNull();
  });
});
