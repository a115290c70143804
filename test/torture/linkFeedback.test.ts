import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import {
  account,
  flawless,
  hastyClock,
  idleClose,
  joinEa,
  LinkDesk,
  logOf,
  onEach,
  ordersOnDisk,
  readResults,
  report,
} from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const bridges = 6;
const pairsEach = Math.ceil(times(150, 20_000) / 2 / bridges);

const faults = ['--lose', '0.3', '--duplicate', '0.2', '--reorder', '0.2', '--unknown', '0.1'];

describe('results that are lost, doubled, swapped or for nobody (W10, S1)', () => {
  it('are counted once, and wedge nothing', { timeout: timeLimit(pairsEach, 3_000) }, async () => {
    const dataDir = undos.folder();
    // Time limits pass ten times as fast: a lost result costs 1 s instead of 10.
    const desk = await LinkDesk.open(undos, { dataDir, bridges, clock: hastyClock(10) });

    await onEach(bridges, async (bridge) => {
      const log = logOf(dataDir, bridge);
      await joinEa(undos, desk.endpoints(bridge), log, ...faults, '--seed', String(bridge + 1));
      for (let pair = 0; pair < pairsEach; pair += 1) {
        await desk.ready(bridge);
        // Two at once, whose results can be swapped.
        const orders = await Promise.all([desk.fire({}, bridge), desk.fire(idleClose, bridge)]);
        await Promise.all(orders.map((order) => desk.outcome(order)));
      }
      await until(async () => (await desk.lastOrder(bridge)) === 'filled', 'an order is filled after all', 20_000);
      // The EA holds a result back for 200 ms at most.
      await until(() => fate(log, 'held').every((id) => fate(log, 'sent').includes(id)), 'no result is held back');
      await until(() => {
        const repeats = desk.ordersOf(bridge).reduce((sum, order) => sum + order.repeats, 0);
        const unasked = desk.alarmed('unasked_feedback', bridge).length;
        return repeats >= fate(log, 'repeated').length && unasked >= fate(log, 'invented').length;
      }, 'all results have been read');
    });

    await desk.close();
    const result = await account(dataDir, desk);
    const logs = desk.fired.map((_, bridge) => logOf(dataDir, bridge));
    const count = (name: string): number => logs.reduce((sum, log) => sum + fate(log, name).length, 0);
    const alarmed = (code: string): number =>
      desk.alarms.filter((alarm) => alarm.code === code && alarm.count === 1).length;
    const results = {
      sent: count('sent'),
      lost: count('lost'),
      repeated: count('repeated'),
      swapped: count('held'),
      'for nobody': count('invented'),
    };
    report('feedback', {
      results,
      alarms: { repeated: alarmed('repeated_feedback'), unasked: alarmed('unasked_feedback') },
      ...result,
    });
    expect(await untrueOrders(dataDir, logs)).toEqual([]);
    expect(result).toMatchObject(flawless);
    expect(result.unknown).toBeGreaterThanOrEqual(results.lost);
    expect(alarmed('unasked_feedback')).toBe(results['for nobody']);
    expect(alarmed('repeated_feedback')).toBe(results.repeated);
    expect(Math.min(...Object.values(results))).toBeGreaterThan(0);
    expect(desk.loggedErrors).toEqual([]);
  });
});

const fate = readResults;

/** Orders that aren't what the EA has said of them, as often as it has said it. */
async function untrueOrders(dataDir: string, logs: string[]): Promise<string[]> {
  const sent = new Set(logs.flatMap((log) => fate(log, 'sent')));
  const repeated = new Set(logs.flatMap((log) => fate(log, 'repeated')));
  return (
    (await ordersOnDisk(dataDir))
      // A machine that stands still for half a second loses its EA, and that is not what this is about.
      .filter(({ doubt, state }) => state !== 'refused' && doubt !== 'connection_lost')
      .filter(({ action, contradicted, repeats, signalId, state }) => {
        const told = sent.has(signalId) ? (action === 'close' ? 'rejected' : 'filled') : 'unknown';
        return state !== told || repeats !== (repeated.has(signalId) ? 1 : 0) || contradicted;
      })
      .map((order) => JSON.stringify(order))
  );
}
