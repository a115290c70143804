import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { say, timeLimit, times } from '../torture/faults.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { compileStoreProbe, StoreFolder } from './storeProbe.ts';
import { startTerminal } from './terminal.ts';

// Store.mqh, under the sanitizers: what it keeps, who may have it, and what it says of a damaged file.

const left: StoreFolder[] = [];
afterEach(() => {
  for (const folder of left.splice(0)) folder.remove();
});

describe.skipIf(skipsWithoutCompiler())('Store.mqh', () => {
  let program: string;
  beforeAll(async () => {
    program = await compileStoreProbe();
  }, 600_000);

  const newFolder = (): StoreFolder => {
    const folder = new StoreFolder(program);
    left.push(folder);
    return folder;
  };
  const filesOf = (folder: StoreFolder): string[] => readdirSync(join(folder.path, 'Common', 'BittenDesk')).toSorted();
  const pathOf = (folder: StoreFolder, ending: string): string =>
    join(folder.path, 'Common', 'BittenDesk', `1001-Demo%20Server.${ending}`);

  it('is new, then keeps its records and its id', async () => {
    const folder = newFolder();
    const first = await folder.run({ Appends: 3 });
    expect(first).toMatchObject({ state: 'new', completeSince: 1_000_000, took: [1, 2, 3] });
    expect(first.id).toMatch(/^[0-9a-f]{32}$/);
    const second = await folder.run({ NowMs: 5_000_000, Appends: 1, First: 4, List: true });
    expect(second).toMatchObject({
      state: 'intact',
      completeSince: 1_000_000,
      id: first.id,
      have: [1, 2, 3],
      took: [4],
    });
    expect(await folder.list()).toMatchObject({
      have: [1, 2, 3, 4],
      times: [1_001_000, 1_002_000, 1_003_000, 5_001_000],
    });
    expect((await newFolder().run({})).id).not.toBe(first.id);
  });

  it('stays new while it has had no record', async () => {
    const folder = newFolder();
    for (let runs = 0; runs < 2; runs += 1) expect(await folder.run({})).toMatchObject({ state: 'new' });
  });

  it('is a text whose checksums are CRC-32 of all that went before', async () => {
    const folder = newFolder();
    await folder.run({ Appends: 2 });
    const bytes = readFileSync(pathOf(folder, 'store'));
    let sum = 0;
    let place = 0;
    const kinds: string[] = [];
    while (place < bytes.length) {
      const fields = bytes.toString('latin1', place, place + 66).split(' ');
      const end = place + 66 + Number.parseInt(fields[1] ?? '', 16) + Number.parseInt(fields[2] ?? '', 16) + 1;
      sum = crc32(bytes.subarray(place + 66, end), crc32(bytes.subarray(place, place + 57), sum));
      expect(fields[6]).toBe(sum.toString(16).padStart(8, '0'));
      kinds.push(fields[3] ?? '');
      place = end;
    }
    expect(kinds).toEqual(['00010001', '00010003', '00000007', '00000007']);
    expect(bytes.toString('latin1', place - 41, place)).toBe('2:cdefghijklmnopqrstuvwxyzabcdefghijklmn\n');
  });

  it('has a file for each account', async () => {
    const folder = newFolder();
    await folder.run({ Login: '1', Server: 'A', Appends: 1 });
    await folder.run({ Login: '1', Server: '../Ä/B:*', Appends: 2 });
    expect(await folder.run({ Login: '1', Server: 'A', List: true })).toMatchObject({ state: 'intact', have: [1] });
    const names = ['1-%2E%2E%2F%C3%84%2FB%3A%2A.lock', '1-%2E%2E%2F%C3%84%2FB%3A%2A.store', '1-A.lock', '1-A.store'];
    expect(filesOf(folder)).toEqual(names);
  });

  it('refuses a file of another account or version, and leaves it as it is', async () => {
    const folder = newFolder();
    await folder.run({ Server: 'demo server', Appends: 1 });
    const folderPath = join(folder.path, 'Common', 'BittenDesk');
    const other = readFileSync(join(folderPath, '1001-demo%20server.store'));
    writeFileSync(pathOf(folder, 'store'), other);
    expect((await folder.run({})).closed).toMatch(
      /is of another account than 1001 at Demo Server: move the file away\.$/,
    );
    expect(readFileSync(pathOf(folder, 'store'))).toEqual(other);
    const newer = storeFile('2 id 1 1001 Demo Server');
    writeFileSync(pathOf(folder, 'store'), newer);
    expect((await folder.run({})).closed).toMatch(
      /was written by another version of this program: use that version, or/,
    );
    expect(readFileSync(pathOf(folder, 'store'))).toEqual(newer);
  });

  it('is in use for a second program, of another terminal too, until the first has ended', async () => {
    const folder = newFolder();
    const holder = folder.start({ Appends: 2, Hold: true });
    await holder.printed('TOOK 2');
    const common = join(folder.path, 'Common');
    const second = await startTerminal(program, { inputs: { List: true }, common }).finished;
    expect(second.stdout.split('\n')[0]).toBe(
      'CLOSED in-use The store of account 1001 at Demo Server is in use by another chart or terminal: only one may trade the account.',
    );
    expect(await folder.run({ Server: 'Other' })).toMatchObject({ state: 'new' });
    await holder.end('SIGKILL');
    expect(await folder.list()).toMatchObject({ state: 'intact', have: [1, 2] });
  });

  it('says that its lock can not be opened', async () => {
    const folder = newFolder();
    mkdirSync(pathOf(folder, 'lock'), { recursive: true });
    expect((await folder.run({})).closed).toMatch(/^failed The store .+ can't be locked \(error 5004\): look whether/);
  });

  it('leaves out old records, but those that are to stay', async () => {
    const folder = newFolder();
    const { took, compacted } = await folder.run({ Appends: 12, Compact: 9 });
    expect({ took, compacted }).toEqual({ took: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], compacted: true });
    // The cut is the time of record 9; each third of those before it was marked to stay.
    expect(await folder.list()).toMatchObject({
      state: 'intact',
      have: [3, 6, 9, 10, 11, 12],
      completeSince: 1_009_000,
    });
    expect(filesOf(folder)).toEqual(['1001-Demo%20Server.lock', '1001-Demo%20Server.store']);
    const again = await folder.run({ First: 13, Appends: 6, Compact: 6, NowMs: 2_000_000 });
    expect(again.compacted).toBe(true);
    expect(await folder.list()).toMatchObject({ state: 'intact', have: [9, 12, 15, 18], completeSince: 2_006_000 });
  });

  it('stays what it was where it can not be replaced', async () => {
    const folder = newFolder();
    const { stdout, took } = await folder.run({ Appends: 7, Compact: 5 }, { FILE_MOVE_FAILS: 0 });
    expect(took).toHaveLength(7);
    expect(stdout).toContain('COMPACTED');
    const failing = newFolder();
    await failing.run({ Appends: 5 });
    const failed = await failing.run({ First: 6, Appends: 4, Compact: 2, NowMs: 2_000_000 }, { FILE_MOVE_FAILS: 1 });
    expect(failed.stdout).toMatch(/UNCHANGED open The store .+ can't be replaced \(error 5004\)/);
    expect(await failing.list()).toMatchObject({
      state: 'intact',
      have: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      completeSince: 1_000_000,
    });
  });

  it('reports failed writes and flushes, and goes on when they work again', async () => {
    for (const fault of ['FILE_WRITE_FAILS', 'FILE_FLUSH_FAILS']) {
      const folder = newFolder();
      const terminal = folder.start({ Appends: 40, Size: 3_000 });
      await terminal.printed('TOOK 3');
      await terminal.control(`set ${fault} 1`);
      await terminal.printed(/^REFUSED \d+ The store .+ took no record \(error 5026\): look whether the disk is full/);
      await terminal.control(`set ${fault} 0`);
      const { stdout } = await terminal.finished;
      const took = [...stdout.matchAll(/^TOOK (\d+)$/gm)].map(([, number]) => Number(number));
      expect(took.length).toBeLessThan(40);
      expect(took.at(-1)).toBe(40);
      expect(await folder.list()).toMatchObject({ state: 'intact', have: took, completeSince: 1_000_000 });
    }
  });

  it('is torn where its file has gone, and a new one begins with what is known', async () => {
    const folder = newFolder();
    const { id } = await folder.run({ Appends: 2 });
    writeFileSync(pathOf(folder, 'store'), 'garbage');
    const second = await folder.run({ Appends: 1, First: 3, NowMs: 3_000_000 });
    expect(second).toMatchObject({ state: 'torn', completeSince: 3_000_000, took: [3] });
    expect(second.id).not.toBe(id);
    expect(readFileSync(pathOf(folder, 'unreadable'), 'utf8')).toBe('garbage');
    expect(await folder.list()).toMatchObject({ state: 'intact', have: [3], completeSince: 3_000_000 });
    expect(existsSync(pathOf(folder, 'new'))).toBe(false);
  });

  it(
    'says torn of a file that ends early or has another byte, and keeps what is whole',
    { timeout: timeLimit(5_000, 20) },
    async () => {
      const tears = await compileStoreProbe('StoreTears');
      const step = times(3, 1);
      const { stdout, stderr, code } = await startTerminal(tears, { inputs: { Step: step } }).finished;
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      expect(stdout).toMatch(/^cases \d{3,} failed 0\n$/);
      say(`Store.mqh, cut, zeroed or changed at every ${String(step)}. byte: ${stdout.trim()}`);
    },
  );
});

/** A store of a header and a seal. */
function storeFile(header: string): Buffer {
  let sum = 0;
  const line = (kind: number, text: string): Buffer => {
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
    const head = `BD1 ${hex(text.length, 8)} ${hex(0, 8)} ${hex(kind, 8)} ${hex(0, 12)} ${hex(0, 12)} `;
    sum = crc32(Buffer.from(`${text}\n`), crc32(Buffer.from(head), sum));
    return Buffer.from(`${head}${hex(sum, 8)} ${text}\n`);
  };
  return Buffer.concat([line(0x10001, header), line(0x10003, 'seal')]);
}
