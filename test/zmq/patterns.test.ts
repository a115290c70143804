import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { commandPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import type { Running } from '../support/processes.ts';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { Undos } from '../torture/appHarness.ts';
import { keepFiring, report } from '../torture/linkHarness.ts';
import { openWithPeers, type Sockets } from '../torture/pythonDesk.ts';

// S7, S8: the same suite for every pair of patterns, with peers of another ZeroMQ library.

const feedbacks = [
  { feedback: 'push', feedbackPort: 'shared' },
  { feedback: 'push', feedbackPort: 'own' },
  { feedback: 'req', feedbackPort: 'own' },
] as const;
const combinations: Sockets[] = commandPatterns.flatMap((command) =>
  feedbacks.map((feedback) => ({ command, ...feedback })),
);

const undos = new Undos();
afterEach(async () => {
  await undos.all();
});

/** Half-open links, in ms. */
const noticedAfter: number[] = [];
afterAll(() => {
  report('half-open link, by pattern', { 'noticed after ms': noticedAfter.join(' ') });
});

const signalsIn = (peer: Running): string[] =>
  peer.output.stdout.split('\n').filter((line) => line.startsWith('{"type":"signal"'));

describe.skipIf(python === null).each(combinations)(
  'commands by $command, feedback by $feedback on its $feedbackPort port',
  (patterns) => {
    it('fires, and confirms', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      const peer = join('fill');
      await desk.ready();
      const order = await desk.outcome(await desk.fire({ signalId: 'VENOM_XAU_001' }));
      expect(order).toMatchObject({
        state: 'filled',
        ticket: '500001',
        price: 2341.22,
        account: 'user-001',
        repeats: 0,
      });
      expect(signalsIn(peer)).toEqual([
        '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
      ]);
      expect(desk.state().running).toEqual({ command: patterns.command, feedback: patterns.feedback });
      expect(Object.values(desk.state().channels).map(({ state }) => state)).toEqual(['live', 'live', 'live']);
      if (patterns.feedback === 'req') {
        await until(() => peer.output.stdout.includes('acked VENOM_XAU_001 1\n'), 'the result is acknowledged');
      }
    });

    it('hears of a rejection', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      join('reject');
      await desk.ready();
      expect(await desk.outcome(await desk.fire())).toMatchObject({
        state: 'rejected',
        message: 'Trade is not allowed',
      });
    });

    it('sends nothing while there is no EA, and nothing late to one that comes', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      for (let order = 0; order < 200; order += 1) expect((await desk.fire()).refusal?.code).toBe('no_ea');
      const peer = join('fill');
      await desk.ready();
      expect((await desk.outcome(await desk.fire({ signalId: 'NOW' }))).state).toBe('filled');
      expect(signalsIn(peer)).toHaveLength(1);
    });

    it('calls an order unknown whose EA is killed before it answers, and never sends it again', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      const first = join('silent');
      await desk.ready();
      const order = await desk.fire({ signalId: 'LOST' });
      await until(() => signalsIn(first).length === 1, 'the order has arrived');
      await first.end('SIGKILL');
      expect(await desk.outcome(order)).toMatchObject({ state: 'unknown', doubt: 'connection_lost' });
      expect((await desk.fire()).refusal?.code).toBe('no_ea');
      const second = join('fill');
      await desk.untilOpen();
      await desk.lastOrder();
      expect(second.output.stdout).not.toContain('LOST');
    });

    it('has one unanswered order out at a time, and calls it unknown when its time is up', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      const peer = join('silent');
      await desk.ready();
      const order = await desk.fire({ signalId: 'ONCE' });
      expect((await desk.fire()).refusal?.code).toBe('busy');
      expect(await desk.outcome(order)).toMatchObject({ state: 'unknown', doubt: 'no_feedback' });
      expect(signalsIn(peer)).toHaveLength(1);
    });

    it('gives no order to a second EA, and stops trading', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      join('fill');
      await desk.ready();
      const second = join('fill');
      await until(() => desk.obstacle() === 'second_ea', 'the second EA is seen');
      expect((await desk.fire()).refusal?.code).toBe('second_ea');
      expect(second.output.stdout).toBe('');
    });

    it('stops under the kill switch', async () => {
      const { desk, join } = await openWithPeers(undos, patterns);
      const peer = join('fill');
      await desk.ready();
      desk.controller.risk.kill('ticket');
      expect((await desk.fire()).refusal?.code).toBe('kill_switch');
      expect(signalsIn(peer)).toEqual([]);
    });

    it('finds an order of before a restart unknown, and sends it no more', async () => {
      const dataDir = undos.folder();
      const before = await openWithPeers(undos, patterns, dataDir);
      const first = before.join('silent');
      await before.desk.ready();
      await before.desk.fire({ signalId: 'BEFORE' });
      await before.desk.close();
      await first.end('SIGKILL');
      const { desk, join } = await openWithPeers(undos, patterns, dataDir);
      const known = desk.controller.snapshot().state.orders.find(({ signalId }) => signalId === 'BEFORE');
      expect(known).toMatchObject({ state: 'unknown' });
      const second = join('fill');
      await until(() => desk.state().stream === 'current', 'the EA has caught up');
      expect((await desk.fire({ signalId: 'BEFORE' })).refusal?.code).toBe('duplicate_id');
      expect(signalsIn(second)).toEqual([]);
    });

    it('notices a half-open link (S5), and delivers nothing of it later', async () => {
      const { desk, joinByRoad } = await openWithPeers(undos, patterns);
      const { peer, roads } = await joinByRoad('fill');
      await desk.ready();
      for (const road of Object.values(roads)) road.freeze();
      const frozenAt = performance.now();
      const order = await desk.fire({ signalId: 'HELD' });
      await until(() => desk.obstacle() === 'no_ea', 'the loss is noticed');
      noticedAfter.push(Math.round(performance.now() - frozenAt));
      expect(await desk.outcome(order)).toMatchObject({ state: 'unknown', doubt: 'connection_lost' });
      for (const road of Object.values(roads)) road.thaw('lost');
      await desk.untilOpen();
      expect(await desk.lastOrder()).toBe('filled');
      expect(peer.output.stdout).not.toContain('HELD');
    });

    it('loses no order in silence while connections are reset, and doubles none', { timeout: 60_000 }, async () => {
      const { desk, joinByRoad } = await openWithPeers(undos, patterns);
      const { peer, roads } = await joinByRoad('fill');
      await desk.ready();
      const stopFiring = keepFiring(desk, 0);
      for (const road of [roads.command, roads.feedback, roads.telemetry, roads.command, roads.feedback]) {
        await desk.untilOpen();
        await road.resetAtBytes(road === roads.command ? 'to the EA' : 'to the app', 'after', 60);
        await until(() => !desk.isOpen(), 'the loss is noticed');
      }
      await stopFiring();
      expect(await desk.lastOrder()).toBe('filled');
      const sent = desk.ordersOf(0).filter(({ state }) => state !== 'refused');
      const arrived = signalsIn(peer).map((line) => (JSON.parse(line) as { signal_id: string }).signal_id);
      expect(new Set(arrived).size).toBe(arrived.length);
      expect(arrived.filter((id) => !sent.some(({ signalId }) => signalId === id))).toEqual([]);
      expect(sent.filter(({ state }) => state === 'sent')).toEqual([]);
      expect(desk.loggedErrors).toEqual([]);
    });
  },
);

// S8: no heartbeats there, so that a blocked road doesn't end the connection and its result with it.
describe.skipIf(python === null).each(combinations.filter(({ feedback }) => feedback === 'req'))(
  'feedback by REQ, commands by $command',
  (patterns) => {
    it('takes a result that comes late, and settles the order by it', async () => {
      const { desk, joinByRoad } = await openWithPeers(undos, patterns);
      const { roads } = await joinByRoad('fill');
      await desk.ready();
      roads.feedback.freeze();
      const order = await desk.outcome(await desk.fire({ signalId: 'LATE' }));
      expect(order.state).toBe('unknown');
      roads.feedback.thaw('late');
      await until(() => desk.find(order.number)?.state === 'filled', 'the late result has settled it', 5_000);
      expect(desk.find(order.number)).toMatchObject({ late: true, ticket: '500001' });
    });
  },
);
