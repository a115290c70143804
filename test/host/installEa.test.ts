import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run, startServe, type Finished, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';

let serving: Serving | null = null;
afterEach(async () => {
  await serving?.end('SIGKILL');
});

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');

/** A folder as MetaTrader's installer leaves it, with a MetaEditor that says what it is told to. */
function terminal(appData: string, result: string | null): { data: string } {
  const programs = tempDir().path;
  const data = join(appData, 'MetaQuotes', 'Terminal', 'D0E8209F77C8CF37AD8BF550E51FF075');
  mkdirSync(join(data, 'MQL5', 'Include', 'BittenDesk'), { recursive: true });
  writeFileSync(join(data, 'MQL5', 'Include', 'BittenDesk', 'Old.mqh'), '// of an earlier version');
  writeFileSync(join(data, 'origin.txt'), utf16(programs));
  if (result === null) return { data };
  const editor = join(programs, 'metaeditor64.exe');
  writeFileSync(join(programs, 'log'), utf16(result));
  writeFileSync(
    editor,
    `#!/bin/sh\nsource=\${1#/compile:}\n[ "$2" = /log ] || exit 9\ncp '${join(programs, 'log')}' "\${source%.mq5}.log"\nexit 1\n`,
  );
  chmodSync(editor, 0o755);
  return { data };
}

async function install(appData: string, ...flags: string[]): Promise<Finished> {
  serving = await startServe();
  return run(['src/host/cli.ts', '--data-dir', serving.dataDir, 'install-ea', ...flags], { env: { APPDATA: appData } })
    .finished;
}

describe.skipIf(process.platform === 'win32')('install-ea', () => {
  it('copies the EA, compiles it, writes the ports of the bridge, and says what is left to do', async () => {
    const appData = tempDir().path;
    const { data } = terminal(appData, 'BittenDesk.mq5 : information: compiling\r\nResult: 0 errors, 0 warnings\r\n');
    const { code, stdout } = await install(appData);
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(stdout).toContain('compiled without errors');
    expect(stdout).toContain('Allow WebRequest for listed URL');
    const mql5 = join(data, 'MQL5');
    for (const path of ['Experts/BittenDesk.mq5', 'Include/BittenDesk/Zmtp.mqh', 'Include/BittenDesk/Orders.mqh'])
      expect(existsSync(join(mql5, path))).toBe(true);
    expect(existsSync(join(mql5, 'Include', 'BittenDesk', 'Old.mqh'))).toBe(false);
    const port = serving?.bridge().command.split(':').at(-1) ?? '';
    const preset = readFileSync(join(mql5, 'Presets', 'BittenDesk-main.set'), 'utf16le');
    expect(preset).toContain(`CommandPort=${port}\r\n`);
    expect(preset).toContain('Feedback=0\r\n');
  });

  it('shows the errors of MetaEditor, in its own words', async () => {
    const appData = tempDir().path;
    terminal(appData, 'BittenDesk.mq5(7,3) : error 256: undeclared identifier\r\nResult: 1 errors, 0 warnings\r\n');
    const { code, stdout } = await install(appData);
    expect(code).toBe(2);
    expect(stdout).toContain('error 256: undeclared identifier');
  });

  it('says so where there is no MetaEditor, and no MetaTrader', async () => {
    const appData = tempDir().path;
    terminal(appData, null);
    const { code, stdout } = await install(appData);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('press F7') as string });
    const { code: none, stderr } = await run(
      ['src/host/cli.ts', '--data-dir', serving?.dataDir ?? '', 'install-ea', '--terminal', tempDir().path],
      { env: { APPDATA: '' } },
    ).finished;
    expect({ none, stderr }).toMatchObject({
      none: 2,
      stderr: expect.stringContaining('There is no MQL5 folder') as string,
    });
  });
});
