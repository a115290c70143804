import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit } from './faults.ts';
import { readLedger } from './ledger.ts';
import { account, flawless, joinEa, LinkDesk, logOf, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

/** At all scales. */
const wanted = 10_000;
/** One after the other finds nothing that several at once would do. */
const atOnce = 100;

describe('orders that are fired while the EA is away (S2)', () => {
  it('are all refused, and none is delivered when it comes back', { timeout: timeLimit(wanted, 5) }, async () => {
    const dataDir = undos.folder();
    const log = logOf(dataDir);
    const desk = await LinkDesk.open(undos, { dataDir });
    const ea = await joinEa(undos, desk.endpoints(), log);
    expect(await desk.lastOrder()).toBe('filled');
    await ea.end();
    await until(() => desk.state().channels.command.state === 'down', 'the EA is seen to be gone', 2_000);

    for (let fired = 0; fired < wanted; fired += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, () => desk.fire()));
    }

    // What is put on a first-in, first-out connection before this order would be in the log before it.
    await joinEa(undos, desk.endpoints(), log);
    expect(await desk.lastOrder()).toBe('filled');
    await desk.close();
    const received = readLedger(log).map(({ signalId }) => signalId);
    const result = await account(dataDir, desk);
    report('EA away', { fired: wanted, 'delivered late': received.length - 2, ...result });
    expect(result).toMatchObject({ ...flawless, orders: wanted + 2, filled: 2, refused: { no_ea: wanted } });
    expect(received).toEqual([desk.fired.flat().at(0), desk.fired.flat().at(-1)]);
    expect(desk.loggedErrors).toEqual([]);
  });
});
