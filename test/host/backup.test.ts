import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { runCli, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { entriesIn } from '../support/entriesIn.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function serve(dataDir: string, flags: string[] = []): Promise<Serving> {
  const serving = await startServe(['--no-http', ...flags], dataDir);
  running.push(serving);
  return serving;
}

const client = async (dataDir: string): Promise<ApiClient> =>
  connectApi(await connectControlSocket(dataFolder(dataDir, { create: false })));

describe('npx bitten-desk backup', () => {
  it('copies everything while trading goes on; what is restored from it starts killed and says so', async () => {
    const home = tempDir().path;
    const data = join(home, 'desk');
    let serving = await serve(data, ['--armed', '--paper']);
    const api = await client(data);
    await until(async () => {
      const { bridges } = (await api.call('snapshot', null)).state;
      return bridges.find(({ id }) => id === 'paper')?.stream === 'current';
    }, 'the paper EA has caught up');
    await api.call('updateSettings', { theme: 'light' });
    const fired = api.call('fire', {
      ...({ bridge: 'paper', action: 'buy', symbol: 'EURUSD', lot: 0.1, sl: 200, tp: 400 } as const),
      ...{ signalId: 'BEFORE_1', confirmed: [] },
    });
    await fired;
    const backup = join(home, 'backup');
    const { code, stdout } = await serving.cli('--json', 'backup', backup);
    expect(code, stdout).toBe(0);
    expect((JSON.parse(stdout) as { files: string[] }).files).toEqual(
      expect.arrayContaining(['journal.db', join('paper', 'journal.db'), 'config.json', 'backup.json']),
    );
    expect(readdirSync(join(backup, 'marks')).length).toBeGreaterThan(1);
    expect(entriesIn(join(backup, 'journal.db'))).toBeGreaterThan(0);
    expect(entriesIn(join(backup, 'paper', 'journal.db'))).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(join(backup, 'config.json'), 'utf8'))).toMatchObject({
      settings: { theme: 'light' },
    });
    api.close();
    await serving.end();

    // In the same place, where nothing was written since, so that nothing else tells it from the original.
    rmSync(data, { recursive: true });
    cpSync(backup, data, { recursive: true });
    serving = await serve(data, ['--armed']);
    const again = await client(data);
    const { killSwitch, bridges, alarms, settings } = (await again.call('snapshot', null)).state;
    expect({ killed: killSwitch?.by, armed: bridges[0]?.armed, theme: settings.theme }).toEqual({
      ...{ killed: 'app', armed: false, theme: 'light' },
    });
    expect(alarms.find(({ code: each }) => each === 'restored_copy')?.text).toContain('restored from the backup of');
    again.close();
    // A start later it is no copy any more, and nobody has released it.
    await serving.end('SIGKILL');
    serving = await serve(data);
    const status = JSON.parse((await serving.cli('--json', 'status')).stdout) as { killSwitch: unknown };
    expect(status.killSwitch).not.toBeNull();
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'needs no app: after a %s it copies the same, in the same words, and leaves the folder as it is',
    async (signal) => {
      const home = tempDir().path;
      const data = join(home, 'desk');
      let serving = await serve(data, ['--paper']);
      const api = await client(data);
      await api.call('updateSettings', { theme: 'light' });
      await api.call('kill', null);
      await api.call('release', null);
      api.close();
      const withApp = await serving.cli('backup', join(home, 'first'));
      await serving.end(signal);
      const { code, stdout, stderr } = await serving.cli('backup', join(home, 'second'));
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe(withApp.stdout.replaceAll('first', 'second'));
      for (const name of ['journal.db', join('paper', 'journal.db')]) {
        // Whoever stops it writes some last words.
        expect(entriesIn(join(home, 'second', name))).toBeGreaterThanOrEqual(entriesIn(join(home, 'first', name)));
        expect(entriesIn(join(home, 'second', name))).toBe(entriesIn(join(data, name)));
      }
      const files = (dir: string): string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
      expect(files(join(home, 'second'))).toEqual(files(join(home, 'first')));

      // The original is no copy for having been copied.
      serving = await serve(data, ['--armed']);
      const state = JSON.parse((await serving.cli('--json', 'status')).stdout) as { killSwitch: unknown };
      expect(state.killSwitch).toBeNull();
      await serving.end('SIGKILL');
      rmSync(data, { recursive: true });
      cpSync(join(home, 'second'), data, { recursive: true });
      serving = await serve(data, ['--armed']);
      const status = JSON.parse((await serving.cli('--json', 'status')).stdout) as { killSwitch: unknown };
      expect(status.killSwitch).not.toBeNull();
    },
    60_000,
  );

  it('says where there is no app and nothing to copy, and what a damaged journal asks for', async () => {
    const home = tempDir().path;
    mkdirSync(join(home, 'desk'));
    const none = await runCli(join(home, 'desk'), 'backup', join(home, 'copy'));
    expect([none.code, none.stderr]).toEqual([5, expect.stringContaining('No BITTEN Desk runs on the data folder')]);
    writeFileSync(join(home, 'desk', 'journal.db'), 'no database '.repeat(1_000));
    const damaged = await runCli(join(home, 'desk'), 'backup', join(home, 'copy'));
    expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining("the journal can't be copied")]);
    expect(existsSync(join(home, 'copy'))).toBe(false);
  });

  it('refuses a folder that is not empty, a file, and one in the data folder, and leaves them as they are', async () => {
    const home = tempDir().path;
    const serving = await serve(join(home, 'desk'));
    mkdirSync(join(home, 'full'));
    writeFileSync(join(home, 'full', 'mine.txt'), 'mine');
    for (const [dir, words] of [
      [join(home, 'full'), 'is not empty'],
      [join(home, 'full', 'mine.txt'), 'is a file'],
      [join(home, 'full', 'mine.txt', 'deeper'), "can't be written"],
      [join(serving.dataDir, 'backup'), 'is in the data folder itself'],
      [serving.dataDir, 'is in the data folder itself'],
      // A folder that is there, and says that it isn't when one is to be made in it.
      ...(process.platform === 'linux' ? [['/proc/1/copy', "can't be written"] as const] : []),
    ] as const) {
      const { code, stderr } = await serving.cli('backup', dir);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    }
    expect(readFileSync(join(home, 'full', 'mine.txt'), 'utf8')).toBe('mine');
    expect(existsSync(join(serving.dataDir, 'backup'))).toBe(false);
  });
});
