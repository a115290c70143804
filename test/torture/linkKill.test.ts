import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { endpointsOf, fixedPorts, Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { readLedger, type LedgerEa, type LedgerSignal } from './ledger.ts';
import { account, flawless, idleClose, joinEa, LinkDesk, logOf, quantile, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const kills = times(20, 1_000);
/** After so many the app is started anew. */
const killsALife = 4;

describe('the kill switch under load', () => {
  it('stops every buy and sell at once, and over a restart', { timeout: timeLimit(kills, 3_000) }, async () => {
    const dataDir = undos.folder();
    const ports = await fixedPorts();
    const log = logOf(dataDir);
    const ea = await joinEa(undos, endpointsOf(ports), log);
    const lastAfter: number[] = [];
    const fired: string[] = [];
    /** Fired after the switch was pressed, and received. */
    let late = 0;
    let stray = 0;
    let strayOverRestarts = 0;

    for (let life = 0; life * killsALife < kills; life += 1) {
      const desk = await LinkDesk.open(undos, { dataDir, ports: [ports] });
      if (life > 0) strayOverRestarts += await strayUnderKill(desk, ea, log);
      for (let round = 0; round < killsALife; round += 1) {
        if (desk.controller.snapshot().state.killSwitch !== null) {
          desk.controller.risk.release('ticket');
          desk.controller.risk.arm('0', 'ticket');
        }
        expect(await desk.lastOrder()).toBe('filled');
        const killedAt = await killUnderFire(desk);
        await ea.sync();
        const reached = new Set(trades(log).map(({ signalId }) => signalId));
        lastAfter.push((trades(log).at(-1)?.at ?? Number.NaN) - killedAt);
        late += desk.ordersOf(0).filter(({ at, signalId }) => at > killedAt && reached.has(signalId)).length;
        stray += await strayUnderKill(desk, ea, log);
      }
      fired.push(...desk.fired.flat());
      await desk.close();
      expect(desk.loggedErrors).toEqual([]);
    }

    const result = await account(dataDir, { fired: [fired] });
    report('kill switch', {
      kills: lastAfter.length,
      'last order after ms': { median: quantile(lastAfter, 0.5), max: Math.max(...lastAfter) },
      'fired later and received': late,
      'while it was on': stray,
      'over restarts': strayOverRestarts,
      ...result,
    });
    expect({ late, stray, strayOverRestarts }).toEqual({ late: 0, stray: 0, strayOverRestarts: 0 });
    // The log has when the EA came to read it, which on a shared machine can be later than it left.
    expect(quantile(lastAfter, 0.5)).toBeLessThanOrEqual(10);
    expect(quantile(lastAfter, 0.9)).toBeLessThanOrEqual(100);
    expect(result).toMatchObject(flawless);
  });
});

function trades(log: string): LedgerSignal[] {
  return readLedger(log).filter(({ action }) => action === 'buy' || action === 'sell');
}

/** Presses the switch somewhere in a tight loop of orders. @returns when, epoch ms */
async function killUnderFire(desk: LinkDesk): Promise<number> {
  let killedAt = Number.NaN;
  const isKilled = (): boolean => !Number.isNaN(killedAt);
  const kill = wait(5 + Math.random() * 60).then(() => {
    killedAt = Date.now();
    desk.controller.risk.kill('ticket');
  });
  // Closes in the writer's queue keep a sell from the wire for a moment, and have no result to wait for.
  const closing = (async () => {
    while (!isKilled()) await desk.outcome(await desk.fire(idleClose));
  })();
  for (let after = 0; after < 10; after += isKilled() ? 1 : 0) {
    await desk.outcome(await desk.fire({ action: 'sell' }));
  }
  await Promise.all([kill, closing]);
  return killedAt;
}

/** Buys and sells that reach the EA though the switch is on; a close must reach it still. */
async function strayUnderKill(desk: LinkDesk, ea: LedgerEa, log: string): Promise<number> {
  await until(() => desk.state().stream === 'current', 'the EA has caught up');
  const before = trades(log).length;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    expect((await desk.fire()).refusal?.code).toBe('kill_switch');
  }
  expect(() => {
    desk.controller.risk.arm('0', 'ticket');
  }).toThrow('kill switch');
  // What left before this close is in the log before it.
  expect((await desk.outcome(await desk.fire(idleClose))).state).toBe('rejected');
  await ea.sync();
  return trades(log).length - before;
}
