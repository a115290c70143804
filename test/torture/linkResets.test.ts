import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { account, flawless, joinEa, keepFiring, LinkDesk, logOf, onEach, quantile, report } from './linkHarness.ts';
import { openTcpProxy, type TcpProxy } from './tcpProxy.ts';

const undos = new Undos();
afterEach(() => undos.all());

const bridges = 6;
const roundsEach = Math.ceil(times(12, 10_000) / bridges);

/** A frame with a signal and one with a result are larger than this; pings, pongs and handshakes are not. */
const orderBytes = 100;

interface Roads {
  command: TcpProxy;
  telemetry: TcpProxy;
}

/** When connections are torn: at any time, or in the middle of an order. Each gives how many it has torn. */
const moments: Record<string, (roads: Roads) => Promise<number>> = {
  'command, any time': async ({ command }) => {
    await wait(Math.random() * 40);
    return command.reset();
  },
  'telemetry, any time': async ({ telemetry }) => {
    await wait(Math.random() * 40);
    return telemetry.reset();
  },
  'both, any time': async ({ command, telemetry }) => {
    await wait(Math.random() * 40);
    return command.reset() + telemetry.reset();
  },
  'before an order': ({ command }) => command.resetAtBytes('to the EA', 'before', orderBytes),
  'after an order': ({ command }) => command.resetAtBytes('to the EA', 'after', orderBytes),
  'before a result': ({ telemetry }) => telemetry.resetAtBytes('to the app', 'before', orderBytes),
  'both, with an order': async ({ command, telemetry }) => {
    const torn = await command.resetAtBytes('to the EA', 'after', orderBytes);
    return torn + telemetry.reset();
  },
  'command, and again in its handshakes': async ({ command }) => {
    let torn = command.reset();
    for (let again = 0; again < 3; again += 1) {
      await until(() => command.open() > 0, 'the EA connects anew');
      await wait(Math.random() * 4);
      torn += command.reset();
    }
    return torn;
  },
};

const names = Object.keys(moments);

describe('TCP resets while orders are fired (S1)', () => {
  it('lose no order in silence, and double none', { timeout: timeLimit(roundsEach, 5_000) }, async () => {
    const dataDir = undos.folder();
    const desk = await LinkDesk.open(undos, { dataDir, bridges });
    const torn: Record<string, number> = {};
    const backAfter: number[] = [];
    let turn = 0;

    await onEach(bridges, async (bridge) => {
      const roads = await openRoads(desk, bridge);
      const ends = { command: roads.command.endpoint, telemetry: roads.telemetry.endpoint };
      const ea = await joinEa(undos, ends, logOf(dataDir, bridge));
      await desk.ready(bridge);
      const stopFiring = keepFiring(desk, bridge);
      for (let round = 0; round < roundsEach; round += 1) {
        // Each in turn, so that a few rounds have all of them.
        const name = names[turn % names.length] ?? '';
        turn += 1;
        const count = (await moments[name]?.(roads)) ?? 0;
        torn[name] = (torn[name] ?? 0) + count;
        await until(() => !desk.isOpen(bridge), 'the loss is noticed');
        const lostAt = performance.now();
        await desk.untilOpen(bridge);
        backAfter.push(Math.round(performance.now() - lostAt));
      }
      await stopFiring();
      expect(await desk.lastOrder(bridge)).toBe('filled');
      await ea.sync();
    });

    await desk.close();
    const result = await account(dataDir, desk);
    const resets = Object.values(torn).reduce((sum, count) => sum + count, 0);
    report('resets', {
      rounds: roundsEach * bridges,
      connections: resets,
      ...result,
      torn,
      'ms until orders may leave': { median: quantile(backAfter, 0.5), max: Math.max(...backAfter) },
    });
    expect(result).toMatchObject(flawless);
    // Else nothing was in the middle of it.
    expect(result.unknown).toBeGreaterThan(0);
    expect(desk.loggedErrors).toEqual([]);
  });
});

async function openRoads(desk: LinkDesk, bridge: number): Promise<Roads> {
  const { command, telemetry } = desk.endpoints(bridge);
  const roads = { command: await openTcpProxy(command), telemetry: await openTcpProxy(telemetry) };
  undos.add(() => Promise.all([roads.command.close(), roads.telemetry.close()]));
  return roads;
}
