import { describe, expect, it } from 'vitest';
import { seenTradeSchema, type OrderChange } from '../../src/domain/orders/orderChange.ts';
import { close, half, moved, opened, pending, position, seen, seenPending, stops } from '../support/openBench.ts';

// Changes between what the person saw and what the EA has listed, and changes whose outcome is open (ADR 41).

const stopLimit = { kind: 'stop_limit', price: 2420, limit_price: 2418 };
const seenStopLimit = { ...seenPending, limitPrice: 2418 };
const limit = (price: number, limitPrice: number | null) => ({
  ...{ action: 'modify_order' as const, order: '21', price, limitPrice, sl: 2430, tp: 2400, until: null },
});

describe('a change of what the EA has not listed', () => {
  it('does not leave before the first list of a session, but for a close of all and a cancel', async () => {
    const { bench, change, count } = opened({}, false);
    const unlisted = [half, stops(2395), moved(2425), { action: 'close_by', position: '11', by: '11' } as OrderChange];
    bench.controller.risk.arm('main', 'ticket');
    for (const what of unlisted) {
      const order = await change(what, 'order' in what ? { seen: seenPending } : {});
      expect(order).toMatchObject({ state: 'refused', refusal: { code: 'not_found' } });
    }
    expect(count()).toBe(0);
    expect(await change(close)).toMatchObject({ state: 'sent' });
    expect(await change({ action: 'cancel_order', order: '21' }, { seen: seenPending })).toMatchObject({
      state: 'sent',
    });
  });

  it('does not leave between the result of another change and the next list', async () => {
    const { bench, change, count, lists } = opened();
    const first = await change(half);
    bench.link.says({ type: 'trade_result', signal_id: first.signalId, status: 'success', deal: 9, lot: 0.05 });
    // The second window still shows 0.1 lots.
    for (const what of [half, stops(2395), { action: 'close_by', position: '12', by: '11' } as OrderChange]) {
      expect(await change(what)).toMatchObject({
        ...{
          state: 'refused',
          refusal: { code: 'changed', reason: expect.stringContaining(first.signalId) as string },
        },
      });
    }
    expect(count()).toBe(1);
    lists([position(11, { lots: 0.05 })]);
    expect(await change(half)).toMatchObject({ refusal: { reason: expect.stringContaining('0.1 to 0.05') as string } });
    // A repeat of the first result changes nothing.
    bench.link.says({ type: 'trade_result', signal_id: first.signalId, status: 'success', deal: 9, lot: 0.05 });
    bench.clock.advance(1_000);
    expect(await change(stops(2395), { seen: { ...seen, lots: 0.05 } })).toMatchObject({ state: 'sent' });
  });

  it('of all of a position is not held up by that', async () => {
    const { bench, change } = opened();
    const first = await change(half);
    bench.link.says({ type: 'trade_result', signal_id: first.signalId, status: 'success', deal: 9, lot: 0.05 });
    expect(await change(close)).toMatchObject({ state: 'sent' });
  });
});

describe('a change of a pending order', () => {
  it('is an entry where it moves the limit price or the expiry, and waits for the arming', async () => {
    const { bench, change, lists } = opened();
    lists(undefined, [pending(21, stopLimit)]);
    bench.controller.risk.disarm('main', 'ticket');
    const asked = { seen: seenStopLimit };
    expect(await change(limit(2420, 2417), asked)).toMatchObject({ refusal: { code: 'disarmed' } });
    const longer = { ...limit(2420, 2418), until: 9_999_999_999 };
    expect(await change(longer, asked)).toMatchObject({ refusal: { code: 'disarmed' } });
    bench.controller.risk.arm('main', 'ticket');
    expect(await change(limit(2420, 2417), { seen: { ...seenPending, limitPrice: 2416 } })).toMatchObject({
      refusal: { code: 'changed', reason: expect.stringContaining('limit price changed from 2416 to 2418') as string },
    });
    expect(await change(limit(2420, 2417), asked)).toMatchObject({ state: 'sent' });
  });

  it('compares stops with the price at which the limit order of a stop-limit one opens', async () => {
    const { change, lists } = opened();
    lists(undefined, [pending(21, { ...stopLimit, limit_price: 2432, sl: 2440 })]);
    const asked = { seen: { ...seenPending, limitPrice: 2432, sl: 2440 }, away: true };
    const at = (sl: number): OrderChange => ({ ...limit(2420, null), sl });
    expect(await change(at(2431), asked)).toMatchObject({ refusal: { code: 'invalid_sl' } });
    expect(await change(at(2433), asked)).toMatchObject({ state: 'sent' });
  });

  it('has a limit price only where it is a stop-limit one', async () => {
    const { bench, change } = opened();
    bench.controller.risk.arm('main', 'ticket');
    expect(await change(limit(2420, 2418), { seen: seenPending })).toMatchObject({
      refusal: { code: 'invalid_action' },
    });
  });

  it('needs consent to a stop loss that moves away, or goes, also where its price moves with it', async () => {
    const { bench, change } = opened();
    bench.controller.risk.arm('main', 'ticket');
    const to = (price: number, sl: number): OrderChange => ({ ...moved(price), sl });
    for (const what of [to(2421, 0), to(2421, 2432), to(2420, 2431)]) {
      expect(await change(what, { seen: seenPending })).toMatchObject({ refusal: { code: 'stop_away' } });
    }
    expect(await change(to(2420.1, 2430.1), { seen: seenPending })).toMatchObject({ state: 'sent' });
  });
});

describe('a stop loss that is not told', () => {
  it('is not removed without consent', async () => {
    const { change, lists } = opened();
    lists([position(11, { sl: undefined })]);
    const asked = { seen: { ...seen, sl: null } };
    expect(await change(stops(0, 2415), asked)).toMatchObject({ refusal: { code: 'stop_away' } });
    expect(await change(stops(2395), asked)).toMatchObject({ state: 'sent' });
  });
});

describe('what an EA can list', () => {
  it.each([
    ['a price below 0', { price: -37.63 }],
    ['a price above 10^9', { price: 2_600_000_000, sl: 2_500_000_000 }],
    ['no lots left', { lots: 0 }],
  ])('can be named by a change: %s', (_, more) => {
    expect(seenTradeSchema.safeParse({ ...seen, ...more }).success).toBe(true);
  });
});

describe('a change in doubt', () => {
  it('of a part of a position holds up another part after its bridge was renamed', async () => {
    const { bench, change, welcome } = opened();
    expect(welcome()).not.toBeNull();
    await change(half, { signalId: 'LOST' });
    const journal = bench.journal;
    const order = journal.findSent('main', 'LOST');
    expect(order).toMatchObject({ state: 'sent' });
    if (order === null) throw new Error('not written');
    journal.write([{ at: 0, entry: { type: 'order', order: { ...order, bridge: 'gone' }, frame: null } }] as never);
    const next = opened({ journal, clock: bench.clock });
    expect(await next.change(half)).toMatchObject({
      refusal: { code: 'risk_unsettled', reason: expect.stringContaining('LOST') as string },
    });
    expect(await next.change(close)).toMatchObject({ state: 'sent' });
  });

  it.each(['settled by hand', 'done late'])('lets later closes by symbol be confirmed once it is %s', async (how) => {
    const { bench, change, lists } = opened();
    const both = [position(11), position(13, { symbol: 'EURUSD' })];
    lists(both);
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 2 });
    const gone = await change({ ...close, position: '77' });
    bench.clock.advance(10_000);
    expect(bench.order(gone.signalId)).toMatchObject({ state: 'unknown' });
    if (how === 'done late') {
      bench.link.says({
        type: 'error',
        signal_id: gone.signalId,
        code: 'not_found',
        error: 'There is no position 77.',
      });
    } else {
      bench.controller.orders.settle({ order: gone.number, bridge: 'main', found: null, note: '' }, 'ticket');
    }
    const bySymbol = await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0 });
    bench.link.says({ type: 'trade_result', signal_id: bySymbol.signalId, status: 'success', message: 'Closed' });
    lists([position(13, { symbol: 'EURUSD' })]);
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 5, positions: 1 });
    bench.clock.advance(250);
    expect(bench.order(bySymbol.signalId)).toMatchObject({ state: 'filled' });
  });

  it('closes a position also where its lots are those of all of it: that confirms no close by symbol', async () => {
    const { bench, change, lists } = opened();
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 2 });
    const one = await change({ ...close, lot: 0.1 });
    const bySymbol = await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0 });
    bench.link.says({ type: 'trade_result', signal_id: bySymbol.signalId, status: 'success', message: 'Closed' });
    bench.link.says({ type: 'trade_result', signal_id: one.signalId, status: 'success', deal: 9, lot: 0.1 });
    lists([position(12)]);
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 5, positions: 1 });
    bench.clock.advance(250);
    expect(bench.order(bySymbol.signalId)).toMatchObject({ state: 'sent' });
  });

  it('is spoken of as something that is done, not traded', async () => {
    const { bench, change } = opened();
    const order = await change(stops(2395));
    bench.clock.advance(10_000);
    expect(bench.order(order.signalId).message).toMatch(/whether it was done\.$/);
    bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success' });
    const late = bench.controller.snapshot().state.alarms.find(({ code }) => code === 'late_feedback');
    expect(late?.nextStep).toBe('Look at what is open now.');
  });

  it('that a later frame gives a ticket without a price is not unverified', async () => {
    const { bench, change } = opened();
    const order = await change(stops(2395));
    bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success' });
    bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success', ticket: 5 });
    expect(bench.order(order.signalId)).toMatchObject({ state: 'filled', unverified: false });
  });
});

describe('a change without an EA', () => {
  it('is refused with what to do in MT5 instead', async () => {
    const { bench, change } = opened();
    bench.link.leave();
    const advice = async (...asked: Parameters<typeof change>): Promise<string> =>
      (await change(...asked)).refusal?.nextStep ?? '';
    expect(await advice(close)).toMatch(/^Close in MT5 now\./);
    expect(await advice(stops(2395))).toMatch(/^Do it in MT5 now\./);
    const cancel = { action: 'cancel_order' as const, order: '21' };
    expect(await advice(cancel, { seen: seenPending })).toMatch(/^Delete it in MT5 now\./);
  });
});

describe('a new price of a pending order', () => {
  it('does not leave where the kill switch comes while it is written', async () => {
    const { bench, change, count } = opened();
    bench.controller.risk.arm('main', 'ticket');
    const leaving = change(moved(2425), { seen: seenPending });
    bench.controller.risk.kill('ticket');
    expect(await leaving).toMatchObject({ state: 'refused', refusal: { code: 'kill_switch' } });
    expect(count()).toBe(0);
  });

  it('does not leave beside a cancel of the same order, whichever comes first', async () => {
    const { bench, change, count } = opened();
    bench.controller.risk.arm('main', 'ticket');
    const cancel = { action: 'cancel_order' as const, order: '21' };
    const both = await Promise.all([change(moved(2425), { seen: seenPending }), change(cancel, { seen: seenPending })]);
    expect(both.map(({ state }) => state)).toEqual(['refused', 'sent']);
    expect(count()).toBe(1);
  });
});
