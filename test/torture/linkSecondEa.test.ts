import { afterEach, describe, expect, it } from 'vitest';
import { ContractFailure } from '../../src/api/contractFailure.ts';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { readLedger } from './ledger.ts';
import { account, flawless, joinEa, keepFiring, LinkDesk, logOf, onEach, report } from './linkHarness.ts';
import { openTcpProxy } from './tcpProxy.ts';

const undos = new Undos();
afterEach(() => undos.all());

const bridges = 4;
const joinsEach = Math.ceil(times(8, 1_000) / bridges);
const takeovers = times(1, 20);

/** Another account's. */
const second = ['--login', '2000002', '--uuid', 'second'];
/** Time to take the place, and to be taken for an EA without pong. */
const takeoverMs = 4_000;
/** After so long without a knock a second EA has gone, in ms. */
const goneMs = 3_000;

describe('a second EA that joins under fire (S3)', () => {
  it(
    'gets no order, and stops trading until a person resumes it',
    { timeout: timeLimit(joinsEach, 15_000) },
    async () => {
      const dataDir = undos.folder();
      const desk = await LinkDesk.open(undos, { dataDir, bridges });
      const stray: string[] = [];
      let joins = 0;

      await onEach(bridges, async (bridge) => {
        const ea = await joinEa(undos, desk.endpoints(bridge), logOf(dataDir, bridge));
        for (let join = 0; join < joinsEach; join += 1) {
          // A machine that is busy for half a second ends a connection too, and says so of the order.
          await until(async () => (await desk.lastOrder(bridge)) === 'filled', 'an order is filled');
          const stopFiring = keepFiring(desk, bridge);
          const log = `${logOf(dataDir, bridge)}.second${String(join)}`;
          const joining = joinEa(undos, desk.endpoints(bridge), log, ...second);
          await until(() => desk.obstacle(bridge) === 'second_ea', 'the second EA is noticed');
          const other = await joining;
          await stopFiring();
          await refusedFor(Math.random() * 1_500, desk, bridge);
          await other.end();
          // It doesn't resume by itself either.
          await refusedFor(goneMs + 200, desk, bridge);
          desk.controller.connections.resumeTrading(String(bridge), 'ticket');
          joins += 1;
          stray.push(...readLedger(log).map(({ signalId }) => signalId));
        }
        expect(await desk.lastOrder(bridge)).toBe('filled');
        await ea.sync();
      });

      await desk.close();
      const result = await account(dataDir, desk);
      report('second EA', { joins, 'orders that reached it': stray.length, ...result });
      expect(stray).toEqual([]);
      expect(result).toMatchObject(flawless);
      // It was under fire.
      expect(result.filled).toBeGreaterThan(joins * 2);
      expect(desk.loggedErrors).toEqual([]);
    },
  );

  // The first one's telemetry goes on, or comes back at once, so the bridge looks healthy: armed, and of the right account.
  it.each([
    ['while its telemetry goes on', false],
    ['while its telemetry breaks as well', true],
  ])(
    'gets no order when it takes the place of the first one on the command port, %s',
    { timeout: timeLimit(takeovers, 20_000) },
    async (how, telemetryBreaks) => {
      const dataDir = undos.folder();
      const desk = await LinkDesk.open(undos, { dataDir });
      const { command, telemetry } = desk.endpoints();
      const roads = { command: await openTcpProxy(command), telemetry: await openTcpProxy(telemetry) };
      undos.add(() => Promise.all([roads.command.close(), roads.telemetry.close()]));
      const ends = { command: roads.command.endpoint, telemetry: roads.telemetry.endpoint };
      await joinEa(undos, ends, logOf(dataDir));
      const stray: string[] = [];

      for (let takeover = 0; takeover < takeovers; takeover += 1) {
        expect(await desk.lastOrder()).toBe('filled');
        await until(() => desk.state().account.uuid !== null, 'the account is known by both of its names');
        const log = `${logOf(dataDir)}.second${String(takeover)}`;
        const joining = joinEa(undos, { command, telemetry: 'tcp://127.0.0.1:9' }, log, ...second);
        await until(() => desk.obstacle() === 'second_ea', 'the second EA is noticed');
        const other = await joining;
        roads.command.freeze();
        roads.command.reset();
        if (telemetryBreaks) roads.telemetry.reset();
        const end = performance.now() + takeoverMs;
        await until(
          async () => (await desk.fire()).refusal === null || performance.now() > end,
          'it has had time to take the place',
        );
        await other.sync();
        stray.push(...readLedger(log).map(({ signalId }) => signalId));
        await other.end();
        roads.command.thaw('lost');
        await until(() => resumes(desk.controller), 'trading is resumed');
      }
      await desk.close();
      report(`second EA on the command port, ${how}`, { takeovers, 'orders that reached it': stray.length });
      expect(stray).toEqual([]);
    },
  );
});

/** False as long as the second EA still tries. */
function resumes({ connections }: LinkDesk['controller']): boolean {
  try {
    connections.resumeTrading('0', 'ticket');
    return true;
  } catch (error) {
    if (error instanceof ContractFailure) return false;
    throw error;
  }
}

/** Fires all the while. */
async function refusedFor(ms: number, desk: LinkDesk, bridge: number): Promise<void> {
  const end = performance.now() + ms;
  await until(async () => {
    expect((await desk.fire({}, bridge)).refusal?.code).toBe('second_ea');
    return performance.now() > end;
  }, 'the time is over');
}
