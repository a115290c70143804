import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { readLedger } from './ledger.ts';
import {
  account,
  flawless,
  joinEa,
  LinkDesk,
  logOf,
  ordersOnDisk,
  quantile,
  report,
  type Account,
} from './linkHarness.ts';
import { openTcpProxy } from './tcpProxy.ts';

const undos = new Undos();
afterEach(() => undos.all());

const lostRuns = times(5, 200);
const lateRuns = times(3, 50);

const close = { action: 'close', lot: 0.01, sl: 0, tp: 0 } as const;

describe('a half-open link: nothing passes, and neither end is told (S5)', () => {
  it(
    'is noticed in time, and delivers nothing when it passes again',
    { timeout: timeLimit(lostRuns, 5_000) },
    async () => {
      const { noticed, between, delivered, result } = await outages(lostRuns, 'lost');
      report('half-open', {
        'noticed after ms': noticed.map(Math.round),
        median: Math.round(quantile(noticed, 0.5)),
        'sent between': between.length,
        'delivered when it passed again': delivered.size,
        ...result,
      });
      expect(delivered.size).toBe(0);
      expect(between.map(({ state, doubt }) => `${state} ${String(doubt)}`)).toEqual(
        between.map(() => 'unknown connection_lost'),
      );
      expect(result).toMatchObject({ ...flawless, filled: lostRuns + 1, unknown: between.length });
      expect(quantile(noticed, 0.5)).toBeLessThan(600);
      expect(Math.max(...noticed)).toBeLessThan(1_500);
    },
  );

  // A kernel goes on resending after the app has closed its end, and the EA's end need not have noticed anything: libzmq
  // drops its limit (TTL) with the first frame after a PING. What reaches the EA so is out of the app's hands.
  it('that passes late after all is told as it is', { timeout: timeLimit(lateRuns, 5_000) }, async () => {
    const { between, delivered, result } = await outages(lateRuns, 'late');
    report('half-open, late packets', { 'sent between': between.length, 'delivered late': delivered.size, ...result });
    for (const { signalId, state, late } of between) {
      if (state !== 'unknown')
        expect({ late, delivered: delivered.has(signalId) }).toEqual({ late: true, delivered: true });
    }
    expect(result).toMatchObject(flawless);
  });
});

interface Outages {
  /** From the last byte that passed until orders were refused, in ms. */
  noticed: number[];
  /** What was sent meanwhile, as it is in the end. */
  between: Order[];
  /** Those of them that are in the EA's log. */
  delivered: Set<string>;
  result: Account;
}

async function outages(runs: number, meanwhile: 'lost' | 'late'): Promise<Outages> {
  const dataDir = undos.folder();
  const desk = await LinkDesk.open(undos, { dataDir });
  const command = await openTcpProxy(desk.endpoints().command);
  const telemetry = await openTcpProxy(desk.endpoints().telemetry);
  undos.add(() => Promise.all([command.close(), telemetry.close()]));
  const ends = { command: command.endpoint, telemetry: telemetry.endpoint };
  const ea = await joinEa(undos, ends, logOf(dataDir));

  const noticed: number[] = [];
  const sent = new Set<string>();
  for (let run = 0; run < runs; run += 1) {
    expect(await desk.lastOrder()).toBe('filled');
    // Anywhere between two heartbeats.
    await wait(Math.random() * 200);
    for (const road of [command, telemetry]) road.freeze();
    const frozenAt = performance.now();
    // The closes first: one that is fired while a buy is about to leave overtakes it, and the buy is refused.
    for (const order of await Promise.all([desk.fire(close), desk.fire(close), desk.fire()])) sent.add(order.signalId);
    await refusedForGood(desk);
    noticed.push(performance.now() - frozenAt);
    // There is something that could be delivered.
    expect(command.heldForEa()).toBeGreaterThan(300);
    for (const road of [command, telemetry]) road.thaw(meanwhile);
  }
  expect(await desk.lastOrder()).toBe('filled');
  await ea.sync();
  await desk.close();
  expect(desk.loggedErrors).toEqual([]);
  return {
    noticed,
    between: (await ordersOnDisk(dataDir)).filter(({ signalId }) => sent.has(signalId)),
    delivered: new Set(
      readLedger(logOf(dataDir))
        .map(({ signalId }) => signalId)
        .filter((id) => sent.has(id)),
    ),
    result: await account(dataDir, desk),
  };
}

/** Until then at most one buy or sell is out (S11). */
async function refusedForGood(desk: LinkDesk): Promise<void> {
  for (;;) {
    const { refusal } = await desk.fire({ action: 'sell' });
    if (refusal?.code === 'no_ea') return;
    expect(refusal?.code).toBe('busy');
    await wait(2);
  }
}
