import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run, runCli, startServe, type Finished, type Serving } from '../support/processes.ts';
import { fakeTerminal, leaveEa } from '../support/fakeTerminal.ts';
import { tempDir } from '../support/tempDir.ts';

let serving: Serving | null = null;
afterEach(async () => {
  await serving?.end('SIGKILL');
});

async function install(appData: string, ...flags: string[]): Promise<Finished> {
  serving = await startServe([], tempDir().path, { APPDATA: appData });
  return serving.cli('install-ea', ...flags);
}

describe.skipIf(process.platform === 'win32')('install-ea', () => {
  it('copies the EA, compiles it, writes the ports of the bridge, and says what is left to do', async () => {
    const terminal = fakeTerminal();
    leaveEa(terminal, '7.90');
    const { code, stdout } = await install(terminal.appData);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain('compiled without errors');
    const port = serving?.bridge().command.split(':').at(-1) ?? '';
    expect(stdout).toContain(`Allow WebRequest for listed URL", and add 127.0.0.1, then 127.0.0.1:${port} and `);
    const mql5 = join(terminal.data, 'MQL5');
    for (const path of ['Experts/BittenDesk.mq5', 'Include/BittenDesk/Zmtp.mqh', 'Include/BittenDesk/Orders.mqh'])
      expect(existsSync(join(mql5, path))).toBe(true);
    expect(existsSync(join(mql5, 'Include', 'BittenDesk', 'Old.mqh'))).toBe(false);
    const preset = readFileSync(join(mql5, 'Presets', 'BittenDesk-main.set'), 'utf16le');
    expect(preset).toContain(`CommandPort=${port}\r\n`);
    expect(preset).toContain('Feedback=0\r\n');
  });

  it('shows the errors of MetaEditor, in its own words, and does not set the EA of the bridge then', async () => {
    const log = 'BittenDesk.mq5(7,3) : error 256: undeclared identifier\r\nResult: 1 errors, 0 warnings\r\n';
    const { code, stdout } = await install(fakeTerminal({ log }).appData, '--set-ea');
    expect(code).toBe(2);
    expect(stdout).toContain('error 256: undeclared identifier');
    expect((await serving?.cli('--json', 'status'))?.stdout).toContain('"eaKind":"v7"');
  });

  it('goes on with the other terminals where one fails', async () => {
    const broken = fakeTerminal({ id: 'A'.repeat(32), log: 'Result: 1 errors, 0 warnings\r\n' });
    const good = fakeTerminal({ appData: broken.appData, id: 'B'.repeat(32) });
    const { code, stdout } = await install(broken.appData);
    expect({ code, stdout }).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('In MT5 you do the rest') as string,
    });
    expect(stdout).toContain(`${broken.data}: BITTEN Desk EA`);
    expect(stdout).toContain(`${good.data}: BITTEN Desk EA`);
  });

  it('sets the bridge to the EA with --set-ea', async () => {
    const { code } = await install(fakeTerminal().appData, '--set-ea');
    expect(code).toBe(0);
    expect((await serving?.cli('--json', 'status'))?.stdout).toContain('"eaKind":"bitten"');
  });

  it('says so where there is no MetaEditor, and no MetaTrader', async () => {
    const { code, stdout } = await install(fakeTerminal({ log: null }).appData);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('press F7') as string });
    const elsewhere = await serving?.cli('install-ea', '--terminal', tempDir().path);
    expect(elsewhere).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no MQL5 folder') as string,
    });
  });

  it('says that nothing was found, or that nothing is searched', async () => {
    const { code, stderr } = await install(tempDir().path);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('No MetaTrader 5 was found on') as string,
    });
    await serving?.end('SIGKILL');
    serving = await startServe();
    const alone = await serving.cli('install-ea');
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('is not Windows') as string });
  });

  it('takes a relative folder from where the command runs', async () => {
    const folder = tempDir().path;
    mkdirSync(join(folder, 'portable', 'MQL5'), { recursive: true });
    serving = await startServe();
    const cli = join(import.meta.dirname, '..', '..', 'src', 'host', 'cli.ts');
    const script = `cd '${folder}' && exec '${process.execPath}' '${cli}' --data-dir '${serving.dataDir}' install-ea --terminal portable`;
    const done = await run(['-c', script], { program: '/bin/sh' }).finished;
    expect(done).toMatchObject({ code: 0 });
    expect(existsSync(join(folder, 'portable', 'MQL5', 'Experts', 'BittenDesk.mq5'))).toBe(true);
  });

  it('needs a desk that runs', async () => {
    expect(await runCli(tempDir().path, 'install-ea')).toMatchObject({ code: 5 });
  });
});
