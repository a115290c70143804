import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { readLedger } from './ledger.ts';
import { joinEa, LinkDesk, logOf, onEach, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

/** As long as two EAs take at most to catch up and to name their accounts. */
const patienceMs = 5_000;

describe('two EAs whose endpoints are mixed up', () => {
  // Each has one bridge's command port and the other one's telemetry port, as settings that were copied may have.
  it('trade no order that is meant for the account of the other', { timeout: 30_000 }, async () => {
    const dataDir = undos.folder();
    const desk = await LinkDesk.open(undos, { dataDir, bridges: 2 });
    const [one, two] = [desk.endpoints(0), desk.endpoints(1)];
    const eas = [
      await joinEa(undos, { command: one.command, telemetry: two.telemetry }, logOf(dataDir, 0), '--uuid', 'A'),
      await joinEa(undos, { command: two.command, telemetry: one.telemetry }, logOf(dataDir, 1), '--uuid', 'B'),
    ];
    const giveUpAt = performance.now() + patienceMs;
    await until(
      () => performance.now() > giveUpAt || (desk.obstacle(0) === null && desk.obstacle(1) === null),
      'both bridges are as ready as they get',
    );
    const orders = await Promise.all([desk.fire({}, 0), desk.fire({}, 1)]);
    await onEach(2, async (bridge) => eas[bridge]?.sync());
    const traded = [0, 1].flatMap((bridge) => readLedger(logOf(dataDir, bridge)));
    report('crossed EAs', { fired: orders.length, 'traded on the wrong account': traded.length });
    expect(traded.map(({ signalId }) => signalId)).toEqual([]);
  });
});
