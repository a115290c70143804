import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tempDir } from '../support/tempDir.ts';
import { compileMql5 } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { startTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

// Files as MetaTrader's sandbox on Windows has them: share modes between processes, a buffer that only a flush empties, full disks.

const running: Terminal[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});
async function start(options: TerminalOptions): Promise<Terminal> {
  const terminal = startTerminal(await compileMql5(join(import.meta.dirname, 'fixtures', 'FileShell.mq5')), options);
  running.push(terminal);
  return terminal;
}
async function linesOf(options: TerminalOptions): Promise<string[]> {
  const terminal = await start(options);
  await terminal.finished;
  expect(terminal.output.stderr).toBe('');
  return terminal.lines();
}
const reading = 1;
const writing = 3;
const sharesReading = 128;
const sharesWriting = 256;

/** What a second terminal is told that opens the file while the first one holds it. */
async function second(
  held: { Access: number; Shares: number },
  tried: { Access: number; Shares: number },
): Promise<string> {
  const common = tempDir().path;
  await linesOf({ common, inputs: { Mode: 'try', Access: writing, Shares: 0 } });
  const first = await start({ common, inputs: { Mode: 'hold', ...held } });
  await first.printed('READY');
  const [line = ''] = await linesOf({ common, inputs: { Mode: 'try', ...tried } });
  await first.end('SIGKILL');
  expect(await linesOf({ common, inputs: { Mode: 'try', ...tried } })).toEqual(['opened 0', 'READY']);
  return line;
}

describe.skipIf(skipsWithoutCompiler())('files', { timeout: 180_000 }, () => {
  it('are shared between terminals as Windows shares them, and free again after a kill', async () => {
    const all = sharesReading | sharesWriting;
    expect(await second({ Access: writing, Shares: 0 }, { Access: writing, Shares: all })).toBe('refused 5004');
    expect(await second({ Access: writing, Shares: sharesReading }, { Access: writing, Shares: all })).toBe(
      'refused 5004',
    );
    expect(await second({ Access: writing, Shares: sharesReading }, { Access: reading, Shares: all })).toBe('opened 0');
    expect(await second({ Access: writing, Shares: sharesReading }, { Access: reading, Shares: sharesReading })).toBe(
      'refused 5004',
    );
    expect(await second({ Access: writing, Shares: all }, { Access: writing, Shares: all })).toBe('opened 0');
    expect(await second({ Access: reading, Shares: 0 }, { Access: reading, Shares: all })).toBe('refused 5004');
  });

  it('are moved and deleted only while nobody has them open', async () => {
    expect(await linesOf({ inputs: { Mode: 'move' } })).toEqual([
      'move while open false',
      'delete while open false',
      'move true',
      'old exists false',
      'new exists true',
      'move again false',
      'read 5000000000 7',
      'ends true',
      'emptied true',
      'delete true',
      'delete again false',
      'READY',
    ]);
  });

  it('lie in the sandbox', async () => {
    expect(await linesOf({ inputs: { Mode: 'sandbox' } })).toEqual([
      '-1 5002',
      '-1 5002',
      '-1 5002',
      '-1 5002',
      '-1 5019',
      'READY',
    ]);
  });

  const store = (folder: string): string => join(folder, 'Files', 'Desk', 'store.bin');
  const append = { Mode: 'append', Common: false };

  it('are torn where the program is killed in mid-write', async () => {
    for (const at of [1, 10, 23]) {
      const terminal = await start({ inputs: append, switches: { FILE_TORN_AT: at } });
      expect((await terminal.finished).code).toBeNull();
      expect(readFileSync(store(terminal.folder), 'utf8')).toBe('x'.repeat(at));
    }
  });

  it('take no more than the disk has room for, and say so after the flush', async () => {
    const terminal = await start({ inputs: append, switches: { FILE_DISK_FULL: 25 } });
    await terminal.finished;
    expect(terminal.lines().slice(1, 5)).toEqual([
      'written 10 error 0 size 10 tell 10',
      'written 10 error 0 size 20 tell 20',
      'written 10 error 5026 size 25 tell 30',
      'written 10 error 5026 size 25 tell 40',
    ]);
    expect(statSync(store(terminal.folder)).size).toBe(25);
  });

  it('fail in writing or in flushing', async () => {
    const failing = await start({ inputs: append, switches: { FILE_WRITE_FAILS: 1 } });
    await failing.finished;
    expect(failing.lines()[1]).toBe('written 0 error 5026 size 0 tell 0');
    const unflushed = await start({ inputs: append, switches: { FILE_FLUSH_FAILS: 1, DIE_AFTER: 'FileFlush:3' } });
    await unflushed.finished;
    expect(unflushed.lines()[1]).toBe('written 10 error 5026 size 10 tell 10');
    expect(statSync(store(unflushed.folder)).size).toBe(0);
  });

  it('keep what was flushed before a kill at any call, and nothing else', async () => {
    const whole = await start({ inputs: append });
    await whole.finished;
    const calls = Number(/^\* (\d+)$/m.exec(readFileSync(join(whole.folder, 'calls'), 'utf8'))?.[1]);
    expect(calls).toBe(11);
    for (let call = 1; call <= calls; call++) {
      const killed = await start({ inputs: append, switches: { DIE_AT: `*:${String(call)}` } });
      expect((await killed.finished).code).toBeNull();
      const size = call === 1 ? 0 : statSync(store(killed.folder)).size;
      expect([call, size]).toEqual([call, Math.max(0, Math.floor((call - 2) / 2)) * 10]);
    }
  });
});

describe.skipIf(skipsWithoutCompiler())('global variables', { timeout: 180_000 }, () => {
  it('are shared by the programs of a terminal; after its crash only what was flushed is left (E21)', async () => {
    const program = await compileMql5(join(import.meta.dirname, 'fixtures', 'GlobalShell.mq5'));
    const folder = tempDir().path;
    const said = async (flushes: boolean): Promise<string[]> => {
      const { stdout, stderr } = await startTerminal(program, { folder, inputs: { Flushes: flushes } }).finished;
      expect(stderr).toBe('');
      return stdout.trim().split('\n');
    };
    expect(await said(true)).toEqual([
      'known false 0',
      'none 0 error 4501',
      'taken true false 5',
      'deleted true exists false',
    ]);
    expect((await said(false))[0]).toBe('known true 1');
    expect((await said(false))[0]).toBe('known true 2');
    copyFileSync(join(folder, 'globals.flushed'), join(folder, 'globals'));
    expect((await said(false))[0]).toBe('known true 1');
  });
});
