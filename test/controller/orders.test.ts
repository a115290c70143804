import { beforeEach, describe, expect, it } from 'vitest';
import { benchAccount, bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
});

const success = (signal_id: string, more: Record<string, unknown> = {}) => ({
  type: 'trade_result',
  signal_id,
  status: 'success',
  ticket: 8412389,
  price: 2341.22,
  ...more,
});

const alarmCodes = () => bench.controller.snapshot().state.alarms.map(({ code }) => code);

describe('an order', () => {
  it('reaches the EA as W2 writes it and is filled by its result', async () => {
    bench.connect();
    const order = await bench.fire({ signalId: 'VENOM_XAU_001' });
    expect(order).toMatchObject({ state: 'sent', signalId: 'VENOM_XAU_001', account: benchAccount, number: 1 });
    expect(bench.link.sent).toEqual([
      '{"type":"signal","action":"buy","symbol":"XAUUSD","lot":0.1,"tp":40,"sl":20,"signal_id":"VENOM_XAU_001"}',
    ]);
    bench.clock.advance(140);
    bench.link.says(success('VENOM_XAU_001'));
    expect(bench.order('VENOM_XAU_001')).toMatchObject({
      state: 'filled',
      ticket: '8412389',
      price: 2341.22,
      unverified: false,
      roundTripMs: 140,
      late: false,
    });
  });

  it('tells with its result when it was durable, in the socket and answered, in no commit of its own', async () => {
    bench.connect();
    const write = bench.journal.write.bind(bench.journal);
    bench.journal.write = (rows) => {
      if (rows.some(({ entry }) => entry.type === 'order')) bench.clock.advance(3);
      write(rows);
    };
    const sent = await bench.fire({ signalId: 'T1' });
    expect(sent.timing).toBeNull();
    bench.clock.advance(140);
    bench.link.says(success('T1'));
    const timing = { durableMs: 3, handedMs: 3, feedbackMs: 143 };
    expect(bench.order('T1')).toMatchObject({ state: 'filled', roundTripMs: 140, timing });
    bench.link.says(success('T1'));
    expect(bench.order('T1')).toMatchObject({ repeats: 1, timing });
    bench.controller.snapshot();
    bench.clock.advance(10);
    const orders = bench.journal.entries().flatMap(({ entry }) => (entry.type === 'order' ? [entry.order.timing] : []));
    expect(orders).toEqual([null, timing, timing]);
  });

  it('that nobody answers tells how far it came', async () => {
    bench.connect();
    await bench.fire({ signalId: 'T2' });
    bench.clock.advance(10_000);
    expect(bench.order('T2')).toMatchObject({
      state: 'unknown',
      timing: { durableMs: 0, handedMs: 0, feedbackMs: null },
    });
    bench.link.says(success('T2'));
    expect(bench.order('T2')).toMatchObject({ state: 'filled', late: true, timing: { feedbackMs: 10_000 } });
  });

  it('is in the journal before its bytes are at the socket (rule 1)', async () => {
    bench.connect();
    const seen: string[] = [];
    const send = bench.link.send.bind(bench.link);
    bench.link.send = (text) => {
      seen.push(...bench.journal.entries().flatMap(({ entry }) => (entry.type === 'order' ? [entry.order.state] : [])));
      return send(text);
    };
    await bench.fire();
    expect(seen).toEqual(['sent']);
  });

  it('is refused and not sent when the journal fails', async () => {
    bench.connect();
    bench.journal.write = () => {
      throw new Error('disk full');
    };
    expect(await bench.fire()).toMatchObject({ state: 'refused', refusal: { code: 'journal_failed' } });
    expect(bench.link.sent).toEqual([]);
    expect(bench.loggedErrors[0]).toContain('disk full');
  });

  it('gets an ID of its own that shows the symbol', async () => {
    bench.connect();
    const order = await bench.fire();
    expect(order.signalId).toMatch(/^BD_XAUUSD_[0-9A-HJKMNP-TV-Z]{8}$/);
  });

  it('is rejected with the words of the EA', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'error', signal_id: 'A', error: 'Trade is not allowed' });
    expect(bench.order('A')).toMatchObject({ state: 'rejected', message: 'Trade is not allowed' });
  });

  it.each([
    [
      'a confirmation',
      { type: 'confirmation', fire_id: 'A', status: 'success', ticket: 7, price: 1.5 },
      { state: 'filled', ticket: '7' },
    ],
    ['success without a ticket', success('A', { ticket: 0 }), { state: 'filled', ticket: null, unverified: true }],
    ['success without a price', success('A', { price: 0 }), { state: 'filled', price: null, unverified: true }],
    [
      'a negative ticket',
      success('A', { ticket: -1843921 }),
      { state: 'filled', ticket: '-1843921', unverified: false },
    ],
    [
      'a failed result',
      success('A', { status: 'failed', message: 'No money' }),
      { state: 'rejected', message: 'No money' },
    ],
    [
      'an error that names a time-out',
      { type: 'error', signal_id: 'A', error: 'Request timed out' },
      { state: 'unknown', doubt: 'ea_timeout' },
    ],
    ['an unclear status', success('A', { status: 'placed' }), { state: 'unknown', doubt: 'unclear_status' }],
  ])('reads %s', async (_, message, expected) => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says(message);
    expect(bench.order('A')).toMatchObject(expected);
  });

  it('is unknown after 10 s without feedback, and says so', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(9_999);
    expect(bench.order('A').state).toBe('sent');
    bench.clock.advance(1);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'no_feedback' });
    expect(alarmCodes()).toEqual(['order_unknown']);
    expect(bench.link.sent.filter((text) => text.includes('signal_id'))).toHaveLength(1);
  });

  it.each([['command'], ['feedback']] as const)('is unknown when the EA is lost on %s', async (channel) => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.leave(channel);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'connection_lost' });
  });

  it('that is unknown is settled by late feedback', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(14_000);
    bench.link.says(success('A'));
    expect(bench.order('A')).toMatchObject({ state: 'filled', late: true, doubt: null, roundTripMs: 14_000 });
    expect(alarmCodes()).toEqual(['late_feedback', 'order_unknown']);
  });

  it('counts repeated feedback once, and flags it', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says(success('A'));
    bench.link.says(success('A'));
    expect(bench.order('A')).toMatchObject({ state: 'filled', repeats: 1, contradicted: false });
    expect(alarmCodes()).toEqual(['repeated_feedback']);
  });

  it('keeps its first result when a second one contradicts it, and alarms', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says(success('A'));
    bench.link.says({ type: 'error', signal_id: 'A', error: 'No money' });
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '8412389', contradicted: true });
    expect(alarmCodes()).toEqual(['contradicted_feedback']);
  });

  it('that the socket does not take is refused, and its ID can be used again', async () => {
    bench.connect();
    bench.link.takes = false;
    expect(await bench.fire({ signalId: 'A' })).toMatchObject({ state: 'refused', refusal: { code: 'no_ea' } });
    bench.link.takes = true;
    expect(await bench.fire({ signalId: 'A' })).toMatchObject({ state: 'sent' });
    expect(bench.clock.pendingTimers).toBeLessThan(6);
  });
});

describe('feedback for an order that was never sent', () => {
  it('is alarmed with what it says', () => {
    bench.connect();
    bench.link.says(success('STRANGE'));
    expect(bench.controller.snapshot().state.alarms[0]).toMatchObject({
      level: 'critical',
      code: 'unasked_feedback',
      text: 'The EA sent a result for STRANGE, which was never sent from here: filled as ticket 8412389 at 2341.22.',
    });
  });

  it('raises a count when it comes again', () => {
    bench.connect();
    for (let times = 0; times < 50; times += 1) bench.link.says({ type: 'error', error: 'Unknown command' });
    expect(bench.controller.snapshot().state.alarms).toMatchObject([{ code: 'unasked_feedback', count: 50 }]);
  });
});

describe('refusals', () => {
  const refusal = async (changes = {}) => {
    const order = await bench.fire(changes);
    return [order.state, order.refusal?.code];
  };

  it('no EA', async () => {
    expect(await refusal()).toEqual(['refused', 'no_ea']);
  });

  it('no EA on feedback', async () => {
    bench.link.join('command');
    expect(await refusal()).toEqual(['refused', 'no_ea']);
  });

  it('disarmed, and armed again', async () => {
    bench.connect();
    bench.controller.bridge('main').orderManager.disarm(null);
    expect(await refusal()).toEqual(['refused', 'disarmed']);
    bench.controller.risk.arm('main', 'ticket');
    expect(await refusal()).toEqual(['sent', undefined]);
  });

  it('stale telemetry after 15 s, whatever else comes', async () => {
    bench.connect();
    bench.clock.advance(15_000);
    expect(await refusal({ signalId: 'A' })).toEqual(['sent', undefined]);
    bench.link.says(success('A'));
    bench.clock.advance(15_001);
    bench.link.says({ type: 'pong' });
    expect(await refusal()).toEqual(['refused', 'stale_telemetry']);
    bench.heartbeat();
    expect(await refusal()).toEqual(['sent', undefined]);
  });

  it('while the EA catches up', async () => {
    bench.link.join();
    bench.heartbeat();
    expect(await refusal()).toEqual(['refused', 'stale_telemetry']);
  });

  it('the same ID twice', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.says(success('A'));
    expect(await refusal({ signalId: 'A' })).toEqual(['refused', 'duplicate_id']);
    expect(bench.link.sent.filter((text) => text.includes('"A"'))).toHaveLength(1);
  });

  it('an invalid field, listed like any other order', async () => {
    bench.connect();
    expect(await refusal({ lot: 0.016 })).toEqual(['refused', 'invalid_lot']);
    expect(bench.controller.snapshot().state.orders[0]).toMatchObject({
      lot: 0.016,
      state: 'refused',
      refusal: { code: 'invalid_lot' },
    });
  });

  it('shows before firing what would refuse it', () => {
    expect(bench.state().obstacle?.code).toBe('no_ea');
    bench.connect();
    expect(bench.state().obstacle).toBeNull();
  });
});

describe('one unanswered order at a time (S11)', () => {
  it('refuses a second order while the first has no result', async () => {
    bench.connect();
    const [first, second] = await Promise.all([bench.fire({ signalId: 'A' }), bench.fire({ signalId: 'B' })]);
    expect([first.state, second.refusal?.code]).toEqual(['sent', 'busy']);
    bench.link.says(success('A'));
    expect((await bench.fire({ signalId: 'C' })).state).toBe('sent');
  });

  it('stays busy after the time-out until the EA answers a ping that was sent after the order', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    bench.heartbeat();
    expect(bench.order('A').state).toBe('unknown');
    expect((await bench.fire()).refusal?.code).toBe('busy');
    expect(bench.link.takeSent().map(({ type }) => type)).toContain('ping');
    bench.link.says({ type: 'pong' });
    expect((await bench.fire({ symbol: 'EURUSD' })).state).toBe('sent');
  });

  it('takes no pong for an older ping as a proof', async () => {
    bench.connect();
    bench.clock.advance(29_500);
    bench.heartbeat();
    expect(bench.link.takeSent().filter(({ type }) => type === 'ping')).toHaveLength(1);
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    expect(bench.link.takeSent().filter(({ type }) => type === 'ping')).toHaveLength(1);
    bench.heartbeat();
    bench.link.says({ type: 'pong' });
    expect((await bench.fire()).refusal?.code).toBe('busy');
    bench.link.says({ type: 'pong' });
    expect((await bench.fire({ symbol: 'EURUSD' })).state).toBe('sent');
  });

  it('stays busy across a reconnect until the EA answers again', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.link.leave();
    bench.link.join();
    expect(bench.order('A').state).toBe('unknown');
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    bench.nameAccount();
    bench.heartbeat();
    expect((await bench.fire({ signalId: 'B', symbol: 'EURUSD' })).state).toBe('sent');
  });

  it('an EA without pong proves its loop by any message after the time-out', async () => {
    bench.link.join();
    bench.heartbeat();
    bench.clock.advance(2_000);
    bench.link.says({ uuid: 'user-001', balance: 3000, equity: 2987.5, margin: 0 });
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    expect((await bench.fire()).refusal?.code).toBe('busy');
    bench.heartbeat();
    expect((await bench.fire({ symbol: 'EURUSD' })).state).toBe('sent');
  });

  it('does not hold back a close', async () => {
    bench.connect();
    await bench.fire({ signalId: 'A' });
    expect((await bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0 })).state).toBe('sent');
  });
});

describe('a bridge that is removed', () => {
  it('does not come back by its last words', async () => {
    bench.connect();
    await bench.controller.removeBridge('main');
    bench.link.leave();
    bench.clock.advance(1_000);
    const ofBridge = bench.events.filter(({ type }) => type.startsWith('bridge_'));
    expect(ofBridge.at(-1)).toEqual({ type: 'bridge_removed', id: 'main' });
  });
});
