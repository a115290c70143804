import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { readLedger } from './ledger.ts';
import { account, flawless, joinEa, LinkDesk, logOf, onEach, refusalsOf, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const bridges = times(1, 4);
const hangsEach = times(1, 5);
/** Longer than a result may take, and not so long that the account's figures are too old. */
const hangMs = 12_000;

describe('an EA whose loop hangs while its socket lives (S11)', () => {
  it(
    'has one order in its buffers at most, and trades it late',
    { timeout: timeLimit(hangsEach, 20_000) },
    async () => {
      const dataDir = undos.folder();
      const desk = await LinkDesk.open(undos, { dataDir, bridges });
      const buffered: Order[] = [];
      const refused: Order[] = [];
      const unknownAfter: number[] = [];

      await onEach(bridges, async (bridge) => {
        const log = logOf(dataDir, bridge);
        const ea = await joinEa(undos, desk.endpoints(bridge), log, '--hang-on-stdin');
        for (let hang = 0; hang < hangsEach; hang += 1) {
          expect(await desk.lastOrder(bridge)).toBe('filled');
          ea.hang(hangMs);
          const stuck = await fireUntilStuck(desk, bridge);
          const before = readLedger(log).length;
          void desk.outcome(stuck).then(() => unknownAfter.push(Date.now() - stuck.at));
          const states = new Set<string>();
          while (desk.find(stuck.number)?.state !== 'filled') {
            states.add(desk.find(stuck.number)?.state ?? 'nowhere');
            const attempt = await desk.fire({ action: 'sell' }, bridge);
            if (attempt.state === 'refused') refused.push(attempt);
            else expect(desk.find(stuck.number)?.state, 'when the next order left').toBe('filled');
            await wait(20);
          }
          expect([...states]).toEqual(['sent', 'unknown']);
          await ea.sync();
          expect(readLedger(log)[before]?.signalId).toBe(stuck.signalId);
          buffered.push(desk.find(stuck.number) ?? stuck);
        }
        expect(await desk.lastOrder(bridge)).toBe('filled');
        expect(desk.alarmed('late_feedback', bridge)).toHaveLength(hangsEach);
        await ea.sync();
      });

      await desk.close();
      const result = await account(dataDir, desk);
      report('EA hangs', {
        hangs: buffered.length,
        'refused meanwhile': refusalsOf(refused),
        'unknown after ms': unknownAfter,
        'filled after ms': buffered.map(({ roundTripMs }) => Math.round(roundTripMs ?? 0)),
        ...result,
      });
      expect(result).toMatchObject(flawless);
      expect(Object.keys(refusalsOf(refused))).toEqual(['busy']);
      expect(Math.min(...unknownAfter)).toBeGreaterThan(9_900);
      expect(Math.max(...unknownAfter)).toBeLessThan(11_500);
      expect(buffered.every(({ state, late }) => state === 'filled' && late)).toBe(true);
      expect(desk.loggedErrors).toEqual([]);
    },
  );
});

/** Orders are filled until the EA has begun to hang. */
async function fireUntilStuck(desk: LinkDesk, bridge: number): Promise<Order> {
  for (;;) {
    const order = await desk.fire({}, bridge);
    const ended = await Promise.race([desk.outcome(order), wait(500)]);
    if (ended === undefined) return order;
  }
}
