import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { say, timeLimit, times } from '../torture/faults.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { onSeveral, range } from './rawPeer.ts';
import { compileStoreProbe, StoreFolder, type StoreRun } from './storeProbe.ts';

// Store.mqh killed at each call and at each byte, and on a disk that is full at each byte, under the sanitizers.

/** Writes five records, leaves out old ones, and writes four more. */
const work = { Appends: 9, Compact: 5, Burst: 20 };
/** Records that may be left out once the first five are compacted: 3 is to stay, the cut is the time of 5. */
const mayGo = new Set([1, 2, 4]);

/** What was written for sure is there, in order and once; what was not is there at most as the last one. */
function expectKept(during: StoreRun, after: StoreRun, what: string): void {
  const { took, refused, stdout } = during;
  const { have, state } = after;
  const detail = { what, stdout, listed: after.stdout };
  expect({ ...detail, sorted: [...new Set(have)].toSorted((a, b) => a - b) }).toEqual({ ...detail, sorted: have });
  const missing = took.filter((number) => !have.includes(number));
  expect({ ...detail, missing: missing.filter((number) => !mayGo.has(number)) }).toEqual({ ...detail, missing: [] });
  // All or none of them.
  expect({ ...detail, missing: missing.length % 3 }).toEqual({ ...detail, missing: 0 });
  const last = took.at(-1) ?? 0;
  const more = have.filter((number) => !took.includes(number));
  expect({ ...detail, more: more.filter((number) => number !== last + 1) }).toEqual({ ...detail, more: [] });
  expect({ ...detail, refused: have.filter((number) => refused.includes(number)) }).toEqual({ ...detail, refused: [] });
  if (took.length > 0) expect({ ...detail, state }).not.toMatchObject({ state: 'new' });
  // A store that has been opened once says since when it is complete, and takes more.
  expect(detail).toSatisfy(() => state !== null);
  if (missing.length > 0 && state === 'intact')
    expect({ ...detail, since: after.completeSince }).toEqual({ ...detail, since: 1_005_000 });
}

describe.skipIf(skipsWithoutCompiler())('Store.mqh', () => {
  let program: string;
  /** What a run without a fault calls and writes. */
  let calls = 0;
  let bytes = 0;

  /** With the fault, then twice without. */
  async function withFault(switches: Record<string, string | number>): Promise<[StoreRun, StoreRun, StoreRun]> {
    const folder = new StoreFolder(program);
    const during = await folder.run(work, switches);
    const after = await folder.run({ List: true, Appends: 1, First: 100, NowMs: 9_000_000 });
    const last = await folder.list();
    folder.remove();
    return [during, after, last];
  }

  beforeAll(async () => {
    program = await compileStoreProbe();
    const folder = new StoreFolder(program);
    await folder.run(work);
    calls = Number(/^\* (\d+)$/m.exec(readFileSync(join(folder.path, 'calls'), 'utf8'))?.[1]);
    // Grows until nothing is refused any more.
    for (bytes = 4_096; ; bytes += 512) {
      const other = new StoreFolder(program);
      const { refused, compacted, state } = await other.run(work, { FILE_DISK_FULL: bytes });
      other.remove();
      if (state !== null && refused.length === 0 && compacted) break;
    }
    folder.remove();
  }, 600_000);

  async function each(
    name: string,
    faults: { what: string; switches: Record<string, string | number> }[],
  ): Promise<void> {
    let torn = 0;
    await onSeveral(faults, async ({ what, switches }) => {
      const [during, after, last] = await withFault(switches);
      expectKept(during, after, what);
      expect({ what, took: after.took }).toEqual({ what, took: [100] });
      expect({ what, have: last.have, state: last.state }).toEqual({
        what,
        have: [...after.have, 100],
        state: 'intact',
      });
      torn += after.state === 'torn' ? 1 : 0;
    });
    say(
      `Store.mqh ${name}: ${String(faults.length)} times, 0 records lost, 0 halves read; ${String(torn)} times "torn"`,
    );
  }

  it('keeps what it took when it is killed at any call', { timeout: timeLimit(200, 500) }, async () => {
    expect(calls).toBeGreaterThan(60);
    const faults = range(calls).flatMap((at) =>
      ['DIE_AT', 'DIE_AFTER'].map((way) => ({
        what: `${way} ${String(at + 1)}`,
        switches: { [way]: `*:${String(at + 1)}` },
      })),
    );
    await each('killed at each call', faults);
  });

  const sometimes = (count: number, step: number): number[] => range(count).filter((at) => at % step === 0);

  it('keeps what it took when it is killed at any byte', { timeout: timeLimit(1_000, 500) }, async () => {
    const step = times(53, 1);
    await each(
      'killed at each byte',
      sometimes(bytes, step).map((at) => ({ what: `byte ${String(at)}`, switches: { FILE_TORN_AT: at } })),
    );
    const copying = sometimes(bytes, step).map((at) => ({
      what: `byte ${String(at)}, moving by copy`,
      switches: { FILE_TORN_AT: at, FILE_MOVE_COPIES: 1 },
    }));
    await each('killed at each byte, where moving copies', copying);
  });

  it('keeps what it took when the disk is full at any byte', { timeout: timeLimit(1_000, 500) }, async () => {
    const step = times(53, 1);
    await each(
      'on a disk that is full at each byte',
      sometimes(bytes, step).map((at) => ({ what: `byte ${String(at)}`, switches: { FILE_DISK_FULL: at } })),
    );
    const copying = sometimes(bytes, step).map((at) => ({
      what: `byte ${String(at)}, moving by copy`,
      switches: { FILE_DISK_FULL: at, FILE_MOVE_COPIES: 1 },
    }));
    await each('on a disk that is full at each byte, where moving copies', copying);
  });
});
