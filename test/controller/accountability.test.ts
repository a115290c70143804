import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const alarmCodes = () => bench.controller.snapshot().state.alarms.map(({ code }) => code);
const success = (signal_id: string, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 1.5, ...more });
};
const report = (positions: number) => {
  bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions });
};
const restart = async (armed = true) => {
  await bench.controller.stop();
  bench = bridgeBench({ armed }, { journal: bench.journal, clock: bench.clock });
  bench.connect();
};
const becomeUnknown = async (signalId: string) => {
  await bench.fire({ signalId });
  bench.clock.advance(10_000);
  bench.answerPings();
  bench.link.says({ type: 'pong' });
  report(1);
};
const unknownNow = () => bench.controller.snapshot().state.orders.filter(({ state }) => state === 'unknown');

describe('a restart', () => {
  it('makes every sent order unknown, starts disarmed and says why', async () => {
    await bench.fire({ signalId: 'A' });
    await restart();
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'restart' });
    expect(bench.state().armed).toBe(false);
    expect(bench.controller.snapshot().state.alarms.map(({ text }) => text)).toContain(
      'The bridge was to start armed, and did not. What became of A is unknown.',
    );
    expect(bench.link.sent.filter((text) => text.includes('signal_id'))).toEqual([]);
  });

  it('keeps lists, numbers and used IDs', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    await restart();
    expect(bench.order('A')).toMatchObject({ state: 'filled', number: 1 });
    expect((await bench.fire({ signalId: 'A', symbol: 'EURUSD' })).refusal?.code).toBe('duplicate_id');
    expect((await bench.fire({ signalId: 'B', symbol: 'EURUSD' })).number).toBe(3);
  });

  it('lets feedback from before settle what was in doubt, and tells when it comes twice', async () => {
    await bench.fire({ signalId: 'A' });
    await restart();
    bench.clock.advance(5_000);
    success('A');
    expect(bench.order('A')).toMatchObject({ state: 'filled', late: true, ticket: '7' });
    expect(bench.order('A').roundTripMs).toBeGreaterThanOrEqual(5_000);
    success('A');
    expect(bench.order('A')).toMatchObject({ repeats: 1, contradicted: false });
    await restart(false);
    success('A', { ticket: 8 });
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '7', contradicted: true });
  });
});

describe('an unknown order', () => {
  it('is settled by a person who found it in MT5', async () => {
    await becomeUnknown('A');
    const { number } = bench.order('A');
    bench.controller.orders.settle(
      { order: number, found: { ticket: '42', price: 1.25 }, note: 'in the history' },
      'ticket',
    );
    expect(bench.order('A')).toMatchObject({
      state: 'filled',
      ticket: '42',
      price: 1.25,
      settledBy: { by: 'ticket', note: 'in the history' },
    });
    const settle = () => bench.controller.orders.settle({ order: number, found: null, note: '' }, 'ticket');
    expect(settle).toThrow('Order A is filled already: only an unknown one is settled by hand.');
  });

  it('that a person settled is contradicted by a result that says otherwise, and by no other', async () => {
    await becomeUnknown('A');
    bench.controller.orders.settle(
      { order: bench.order('A').number, found: { ticket: '7', price: null }, note: '' },
      'ticket',
    );
    success('A');
    expect(bench.order('A')).toMatchObject({ repeats: 1, contradicted: false });
    await becomeUnknown('B').catch(() => undefined);
  });

  it('found not to be in MT5, and traded after all, is a critical alarm', async () => {
    await becomeUnknown('A');
    bench.controller.orders.settle({ order: bench.order('A').number, found: null, note: 'not there' }, 'command line');
    expect(bench.order('A')).toMatchObject({ state: 'rejected', settledBy: { by: 'command line' } });
    success('A');
    expect(bench.order('A').contradicted).toBe(true);
    expect(alarmCodes()).toContain('contradicted_feedback');
  });

  it('holds back another order in its symbol until a person confirms by name', async () => {
    await becomeUnknown('A');
    const refused = await bench.fire({ signalId: 'B' });
    expect(refused.refusal).toMatchObject({
      code: 'risk_unsettled',
      reason: expect.stringContaining('A in XAUUSD') as string,
    });
    expect((await bench.fire({ signalId: 'C', confirmed: ['X'] })).refusal?.code).toBe('risk_unsettled');
    expect((await bench.fire({ signalId: 'D', symbol: 'EURUSD' })).state).toBe('sent');
    success('D');
    expect((await bench.fire({ signalId: 'E', confirmed: ['A'] })).state).toBe('sent');
  });

  it.each([
    ['', '.m'],
    ['.m', ''],
  ])(
    'holds it back too where the broker is thought to call it otherwise since: suffix "%s", then "%s"',
    async (before, after) => {
      bench = bridgeBench({ symbolSuffix: before });
      bench.connect();
      await bench.fire({ signalId: 'U' });
      bench.clock.advance(11_000);
      bench.answerPings();
      bench.heartbeat();
      const bridge = bench.controller.bridge('main');
      bridge.configure({ symbolSuffix: after }, 'ticket');
      bridge.orderManager.arm('ticket');
      const refused = await bench.fire({ signalId: 'B' });
      expect(refused).toMatchObject({ symbol: `XAUUSD${after}`, refusal: { code: 'risk_unsettled' } });
      expect((await bench.fire({ signalId: 'C', confirmed: ['U'] })).state).toBe('sent');
    },
  );

  it('has a timeline with every event and the bytes', async () => {
    await becomeUnknown('A');
    bench.link.says('{"type":"trade_result","signal_id":"A","status":"fai"led"}');
    success('A');
    bench.clock.advance(10);
    const timeline = await bench.controller.orders.timeline(bench.order('A').number);
    expect(timeline.map((entry) => (entry.type === 'order' ? entry.order.state : entry.type))).toEqual([
      'sent',
      'unknown',
      'broken_feedback',
      'unknown',
      'feedback',
      'filled',
    ]);
    const [sent] = timeline;
    expect(sent).toMatchObject({ type: 'order' });
    expect(Buffer.from(sent?.frame ?? '', 'hex').toString()).toContain('"signal_id":"A"');
  });

  it('shows the raw text of a frame that names it and cannot be read (W13)', async () => {
    await becomeUnknown('A');
    bench.link.says('{"type":"error","signal_id":"A","error":"Broker said "no""}');
    expect(bench.order('A')).toMatchObject({
      state: 'unknown',
      brokenFeedback: expect.stringContaining('"no""') as string,
    });
    expect(alarmCodes()).toContain('broken_feedback');
    expect(bench.state().unreadable).toBe(1);
  });
});

describe('positions that rise after a rejection', () => {
  beforeEach(async () => {
    report(1);
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'error', signal_id: 'A', error: 'Requote' });
  });

  it('are alarmed', () => {
    report(2);
    expect(alarmCodes()).toContain('position_after_rejection');
  });

  it('are none when they do not rise, or rise by another order', async () => {
    report(1);
    await bench.fire({ signalId: 'B' });
    success('B');
    report(2);
    expect(alarmCodes()).not.toContain('position_after_rejection');
  });
});

describe('a close', () => {
  const close = (signalId: string, all = false) =>
    bench.fire({
      action: all ? 'close_all' : 'close',
      symbol: all ? 'ALL' : 'XAUUSD',
      lot: 0.01,
      sl: 0,
      tp: 0,
      signalId,
    });
  const closedReport = (signal_id: string) => {
    success(signal_id, { ticket: 0, price: 0, message: 'Closed 1 positions' });
  };

  it('is filled when later telemetry has fewer positions, and not before', async () => {
    report(2);
    await close('C');
    closedReport('C');
    expect(bench.order('C')).toMatchObject({ state: 'sent', closeReported: 'Closed 1 positions' });
    expect(bench.link.takeSent()).toContainEqual({ type: 'command', command: 'status' });
    report(2);
    expect(bench.order('C').state).toBe('sent');
    report(1);
    expect(bench.order('C')).toMatchObject({
      state: 'filled',
      message: 'Closed 1 positions; 1 position remains on the account.',
    });
  });

  it('of everything is filled when no position remains', async () => {
    report(2);
    await close('C', true);
    closedReport('C');
    report(1);
    expect(bench.order('C').state).toBe('sent');
    report(0);
    expect(bench.order('C')).toMatchObject({
      state: 'filled',
      message: expect.stringContaining('no positions remain') as string,
    });
  });

  it('that telemetry does not confirm is unknown and says what remains; what closes later is none of its making', async () => {
    report(3);
    await close('C', true);
    closedReport('C');
    report(2);
    bench.clock.advance(10_000);
    expect(bench.order('C')).toMatchObject({ state: 'unknown', doubt: 'positions_remain' });
    expect(bench.order('C').message).toContain('2 positions remain');
    expect(bench.order('C').message).toContain('magic number');
    report(1);
    report(0);
    expect(bench.order('C')).toMatchObject({ state: 'unknown', late: false });
  });

  it('of an EA that tells no positions is unknown and says so', async () => {
    bench = bridgeBench();
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    bench.link.says({ type: 'telemetry', uuid: 'user-001', balance: 1, equity: 1, margin: 0 });
    await close('C');
    closedReport('C');
    bench.clock.advance(10_000);
    expect(bench.order('C')).toMatchObject({ state: 'unknown', doubt: 'positions_untold' });
  });

  it('that the EA refuses is rejected', async () => {
    await close('C');
    bench.link.says({ type: 'error', signal_id: 'C', error: 'No positions found for XAUUSD' });
    expect(bench.order('C').state).toBe('rejected');
  });

  it('is allowed where new trades are blocked', async () => {
    bench.controller.bridge('main').orderManager.disarm(null);
    bench.controller.risk.kill('ticket');
    expect((await close('C')).state).toBe('sent');
    expect(unknownNow()).toEqual([]);
  });
});
