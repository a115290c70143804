import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InstalledEa } from '../../src/api/queries/eaInstallation.ts';
import { editorCommand } from '../../src/host/mt5/compileEa.ts';
import { installEa } from '../../src/host/mt5/installEa.ts';
import { withEa } from '../../src/host/mt5/terminals.ts';
import { type FakeTerminal, fakeTerminal, leaveEa } from '../support/fakeTerminal.ts';
import { shippedEa } from '../support/shippedEa.ts';
import { isAlive } from '../support/isAlive.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

// Faults while the desk's own EA is installed: of folders, of MetaEditor and of its log.

const shipped = join(import.meta.dirname, '..', '..', 'mt5');
const inputs = {
  ...{ host: '127.0.0.1', commandPort: 5555, telemetryPort: 5556, feedbackPort: null },
  ...{ isPublished: false, isRequest: false },
};

function install(
  { data, programs }: FakeTerminal,
  source = shipped,
  ending = new AbortController(),
): Promise<InstalledEa> {
  const { signal } = ending;
  return installEa({ data, programs }, { source, version: shippedEa, bridge: 'main', inputs, signal });
}

describe.skipIf(process.platform === 'win32')('an installation', () => {
  it.each(['MQL5/Include', 'MQL5/Include/BittenDesk', 'MQL5/Experts'])(
    'removes none of the files it comes with where %s of the terminal leads to them',
    async (linked) => {
      const terminal = fakeTerminal();
      const source = tempDir().path;
      cpSync(shipped, source, { recursive: true });
      mkdirSync(join(terminal.data, linked, '..'), { recursive: true });
      symlinkSync(join(source, linked.replace('MQL5', '.')), join(terminal.data, linked));
      const installed = await install(terminal, source);
      for (const file of ['Include/BittenDesk/Account.mqh', 'Experts/BittenDesk.mq5'])
        expect(readFileSync(join(source, file), 'utf8')).toBe(readFileSync(join(shipped, file), 'utf8'));
      expect(installed).toMatchObject({
        compiled: 'failed',
        messages: [expect.stringContaining('are the files that the desk comes with') as string],
      });
    },
  );

  it('that could not copy the program leaves the terminal with the version that it had', async () => {
    const terminal = fakeTerminal();
    leaveEa(terminal, '7.90');
    const source = join(terminal.data, 'MQL5', 'Experts', 'BittenDesk.mq5');
    rmSync(source);
    mkdirSync(source);
    writeFileSync(join(terminal.data, 'MQL5', 'Experts', 'BittenDesk.ex5'), 'program');
    expect(await install(terminal)).toMatchObject({ compiled: 'failed' });
    expect(await withEa(terminal)).toMatchObject({ version: '7.90' });
  });

  it('says that the log of an earlier one is in the way', async () => {
    const terminal = fakeTerminal();
    mkdirSync(join(terminal.data, 'MQL5', 'Experts', 'BittenDesk.log', 'full'), { recursive: true });
    expect(await install(terminal)).toMatchObject({
      compiled: 'failed',
      messages: [expect.stringContaining('The EA was copied, and not compiled') as string],
    });
  });

  it('ends a MetaEditor that does not want to end', async () => {
    const terminal = fakeTerminal({ first: "trap '' TERM; echo $$ > pid; while :; do sleep 0.1; done" });
    const ending = new AbortController();
    const installed = install(terminal, shipped, ending);
    const written = join(terminal.programs, 'pid');
    const pid = await until(() => (existsSync(written) ? Number(readFileSync(written, 'utf8')) : 0) || null, 'it runs');
    ending.abort();
    await until(() => !isAlive(pid), 'MetaEditor has ended');
    expect(await installed).toMatchObject({ compiled: 'failed', messages: ['The desk was ended meanwhile.'] });
  });

  it('does not wait for a program that MetaEditor leaves behind', async () => {
    const terminal = fakeTerminal({ first: 'sleep 60 & echo $! > pid' });
    const installed = await install(terminal);
    process.kill(Number(readFileSync(join(terminal.programs, 'pid'), 'utf8')));
    expect(installed).toMatchObject({ compiled: 'ok' });
  }, 20_000);

  it('reads of a log without end what is at its beginning and at its end', async () => {
    const line = 'BittenDesk.mq5(1,1) : error 1: oops\r\n';
    const terminal = fakeTerminal({ log: `${line.repeat(1_000_000)}Result: 1000000 errors, 0 warnings\r\n` });
    const before = process.memoryUsage().rss;
    const installed = await install(terminal);
    expect(installed).toMatchObject({ compiled: 'failed' });
    expect(installed.messages).toHaveLength(101);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });
});

describe('the command for MetaEditor', () => {
  it('has its own path and that of the source in quotes on Windows', () => {
    const editor = String.raw`C:\Program Files\MetaTrader 5\metaeditor64.exe`;
    const path = String.raw`C:\Users\Jörg Ü\MQL5\Experts\BittenDesk.mq5`;
    expect(editorCommand('win32', editor, path)).toEqual({
      argv0: `"${editor}"`,
      args: [`/compile:"${path}"`, '/log'],
      windowsVerbatimArguments: true,
    });
    expect(editorCommand('linux', '/a b/metaeditor64.exe', "/a 'b'/x.mq5")).toEqual({
      argv0: '/a b/metaeditor64.exe',
      args: ["/compile:/a 'b'/x.mq5", '/log'],
      windowsVerbatimArguments: false,
    });
  });
});
