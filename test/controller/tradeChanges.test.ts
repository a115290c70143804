import { describe, expect, it } from 'vitest';
import type { ChangeRequest } from '../../src/api/queries/changeRequest.ts';
import { exportHeaders, exportValues } from '../../src/api/presentation/exportColumns.ts';
import { publishedOrder } from '../../src/controller/orders/publishedOrder.ts';
import type { OrderChange } from '../../src/domain/orders/orderChange.ts';
import { close, half, list, moved, opened, position, seen, seenPending, stops } from '../support/openBench.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

// Closing, changing and cancelling what is open (N3): each is an order in the journal, of what was seen, sent once.

describe('a change of what is open', () => {
  it('is journalled as an order, sent in the session, and done when the EA says so', async () => {
    const { bench, change, sent, welcome } = opened();
    const order = await change(half, { signalId: 'HALF' });
    expect(order).toMatchObject({ state: 'sent', action: 'close_position', symbol: 'XAUUSD', lot: 0.05, change: half });
    expect(sent()).toEqual({
      ...{ type: 'close', session: welcome()?.session, signal_id: 'HALF', sent_at: bench.clock.now() },
      ...{ position: '11', lot: 0.05, deviation: 10 },
    });
    expect(bench.journal.findSent('main', 'HALF')).toMatchObject({ change: { ...half, before: seen } });
    bench.link.says({
      type: 'trade_result',
      signal_id: 'HALF',
      status: 'success',
      deal: 9,
      ticket: 9,
      price: 2400,
      lot: 0.05,
    });
    expect(bench.order('HALF')).toMatchObject({
      state: 'filled',
      ticket: '9',
      price: 2400,
      tradedLot: 0.05,
      unverified: false,
    });
  });

  it('says in exports and publications what it is of', async () => {
    const { change } = opened();
    const closed = await change({ action: 'close_by', position: '11', by: '12' });
    expect(JSON.parse(publishedOrder(closed))).toMatchObject({
      order: { action: 'close_by', position: '11', by: '12' },
    });
    const cancelled = await change({ action: 'cancel_order', order: '21' }, { seen: seenPending });
    expect(JSON.parse(publishedOrder(cancelled))).toMatchObject({ order: { pending_order: '21' } });
    const row = Object.fromEntries(
      exportHeaders('orders').map((name, index) => [name, exportValues('orders', { ...closed })[index]]),
    );
    expect(row).toMatchObject({ action: 'close_by', position: '11', closed_by_position: '12' });
  });

  it('leaves as each command of the protocol', async () => {
    const { bench, change, sent, lists } = opened();
    const done = async (what: OrderChange, more?: Partial<ChangeRequest>): Promise<unknown> => {
      const order = await change(what, more);
      expect(order.refusal).toBeNull();
      bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success' });
      expect(bench.order(order.signalId)).toMatchObject({ state: 'filled', unverified: false });
      lists();
      return sent();
    };
    expect(await done(close)).toMatchObject({ type: 'close', position: '11' });
    expect(await done({ action: 'close_by', position: '11', by: '12' })).toMatchObject({ type: 'close_by', by: '12' });
    expect(await done(stops(2395))).toMatchObject({ type: 'modify', position: '11', sl_price: 2395, tp_price: 2410 });
    expect(await done({ action: 'cancel_order', order: '21' }, { seen: seenPending })).toMatchObject({
      ...{ type: 'cancel', order: '21' },
    });
    bench.controller.risk.arm('main', 'ticket');
    expect(await done(moved(2425), { seen: seenPending })).toMatchObject({ type: 'modify', order: '21', price: 2425 });
  });

  it('of what is open leaves while disarmed and under the kill switch, and a new entry price does not', async () => {
    const { bench, change, lists } = opened();
    bench.controller.risk.kill('ticket');
    for (const what of [half, close, stops(2395)]) {
      const order = await change(what);
      expect(order).toMatchObject({ state: 'sent', refusal: null });
      bench.link.says({ type: 'trade_result', signal_id: order.signalId, status: 'success' });
      lists();
    }
    expect(await change(moved(2425), { seen: seenPending })).toMatchObject({ refusal: { code: 'kill_switch' } });
    bench.controller.risk.release('ticket');
    expect(await change(moved(2425), { seen: seenPending })).toMatchObject({ state: 'refused' });
    expect(await change({ action: 'cancel_order', order: '21' }, { seen: seenPending })).toMatchObject({
      state: 'sent',
    });
  });

  it('is refused where it is not what the person saw, or of another account', async () => {
    const { bench, change, count } = opened();
    bench.link.says({ type: 'telemetry', uuid: 'EA-1', balance: 3000, equity: 2990, margin: 10, positions: 2 });
    const codes: [OrderChange, Partial<ChangeRequest>, string, RegExp][] = [
      [close, { account: '7@Other' }, 'changed', /7@Other/],
      [half, { seen: { ...seen, lots: 0.2 } }, 'changed', /from 0.2 to 0.1/],
      [{ ...half, lot: 0.2 }, {}, 'invalid_lot', /has 0.1 lots/],
      [{ ...half, position: '99' }, {}, 'not_found', /no position 99/],
      [stops(2395), { seen: { ...seen, sl: 2380 } }, 'changed', /stop loss changed from 2380 to 2390/],
      [stops(2395), { seen: { ...seen, side: 'sell' } }, 'changed', /side/],
      [stops(2390), {}, 'invalid_sl', /has already/],
      [stops(2400), {}, 'invalid_sl', /below the price, which is 2399.9/],
      [stops(2395, 2399), {}, 'invalid_tp', /above the price/],
      [stops(2380), {}, 'stop_away', /from 2390 to 2380/],
      [stops(0), {}, 'stop_away', /from 2390 to none/],
      [{ action: 'close_by', position: '11', by: '11' }, {}, 'invalid_action', /they are one/],
      [{ action: 'close_by', position: '11', by: '13' }, {}, 'not_found', /no position 13/],
      [{ ...moved(2425), order: '22' }, { seen: seenPending }, 'not_found', /no pending order 22/],
    ];
    bench.controller.risk.arm('main', 'ticket');
    for (const [what, more, code, reason] of codes) {
      expect(await change(what, more)).toMatchObject({
        ...{ state: 'refused', refusal: { code, reason: expect.stringMatching(reason) as string } },
      });
    }
    expect(count()).toBe(0);
  });

  it('moves a stop away from the price where the person confirmed it', async () => {
    const { change, sent } = opened();
    expect(await change(stops(2380), { away: true })).toMatchObject({ state: 'sent' });
    expect(sent()).toMatchObject({ type: 'modify', sl_price: 2380 });
  });

  it('of all of a position, and a cancel, leave to the EA what the list says otherwise', async () => {
    const { change, sent } = opened();
    await change({ ...close, position: '99' });
    expect(sent()).toMatchObject({ type: 'close', position: '99' });
    await change({ action: 'cancel_order', order: '98' }, { seen: seenPending });
    expect(sent()).toMatchObject({ type: 'cancel', order: '98' });
  });

  it('leaves once at a time for one position, and a part of it not again while the first one is in doubt', async () => {
    const { bench, change, count } = opened();
    const first = await change(half);
    for (const what of [half, close, stops(2395), { action: 'close_by', position: '12', by: '11' } as OrderChange]) {
      expect(await change(what)).toMatchObject({
        ...{ state: 'refused', refusal: { code: 'busy', reason: expect.stringContaining(first.signalId) as string } },
      });
    }
    bench.clock.advance(10_000);
    expect(bench.order(first.signalId)).toMatchObject({ state: 'unknown', doubt: 'no_feedback' });
    expect(await change(half)).toMatchObject({ refusal: { code: 'risk_unsettled' } });
    expect(await change(close)).toMatchObject({ state: 'sent' });
    expect(count()).toBe(2);
  });

  it('is not sent twice under one ID', async () => {
    const { bench, change, count } = opened();
    await change(half, { signalId: 'ONCE' });
    bench.link.says({ type: 'trade_result', signal_id: 'ONCE', status: 'success' });
    expect(await change(half, { signalId: 'ONCE' })).toMatchObject({ refusal: { code: 'duplicate_id' } });
    expect(count()).toBe(1);
  });

  it('is rejected by the EA’s code, and unknown where the EA does not know', async () => {
    const { bench, change } = opened();
    const gone = await change(close);
    bench.link.says({ type: 'error', signal_id: gone.signalId, code: 'not_found', error: 'There is no position 11.' });
    expect(bench.order(gone.signalId)).toMatchObject({ state: 'rejected', message: 'There is no position 11.' });
    const doubtful = await change(close);
    bench.link.says({ type: 'error', signal_id: doubtful.signalId, code: 'unknown', error: 'No answer.' });
    expect(bench.order(doubtful.signalId)).toMatchObject({ state: 'unknown' });
  });

  it('counts for no limit of trades', async () => {
    const { bench, change } = opened();
    const { risk } = bench.state();
    const order = await change(half);
    bench.link.says({
      type: 'trade_result',
      signal_id: order.signalId,
      status: 'success',
      deal: 9,
      price: 2400,
      lot: 0.05,
    });
    expect(bench.state().risk).toEqual(risk);
  });

  it('that closes a position does not prove a close by symbol, whose own positions have to go', async () => {
    const { bench, change } = opened();
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 2 });
    const one = await change(close);
    const bySymbol = await bench.fire({ action: 'close', symbol: 'XAUUSD', lot: 0.01, sl: 0, tp: 0 });
    bench.link.says({ type: 'trade_result', signal_id: bySymbol.signalId, status: 'success', message: 'Closed' });
    bench.link.says({
      type: 'trade_result',
      signal_id: one.signalId,
      status: 'success',
      deal: 9,
      price: 2400,
      lot: 0.1,
    });
    bench.link.says(list('positions', 2, [position(12)]));
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 5, positions: 1 });
    bench.clock.advance(250);
    expect(bench.order(bySymbol.signalId)).toMatchObject({ state: 'sent' });
    bench.link.says(list('positions', 3, []));
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 0, positions: 0 });
    bench.clock.advance(250);
    expect(bench.order(bySymbol.signalId)).toMatchObject({ state: 'filled' });
  });

  it('is refused on a documented EA, which takes none, in words that say what to do', async () => {
    const bench = bridgeBench();
    bench.connect();
    const { accountKey } = bench.state();
    const order = await bench.controller.orders.change(
      { bridge: 'main', change: close, seen, account: accountKey, away: false, signalId: '' },
      'ticket',
    );
    expect(order.refusal).toMatchObject({ code: 'not_supported', nextStep: expect.stringContaining('MT5') as string });
  });
});
