import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { openLimits } from '../support/openLimits.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

/** An EA that tells no positions. */
const connectWithoutPositions = () => {
  bench = bridgeBench();
  bench.link.join();
  bench.answerPings();
  bench.clock.advance(1_000);
  bench.answerPings();
  bench.nameAccount();
  bench.link.says({ type: 'telemetry', uuid: 'u', balance: 1, equity: 1, margin: 0 });
};
const alarms = () => bench.controller.snapshot().state.alarms;
const alarmCodes = () => alarms().map(({ code }) => code);
const report = (positions: unknown, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions, ...more });
};
const success = (signal_id: string, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 1.5, ...more });
};
const nothingNamed = { ticket: 0, price: 0, message: '' };
const fails = (signal_id: string, error: unknown, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'error', signal_id, error, ...more });
};
const close = (signalId: string, symbol = 'XAUUSD') =>
  bench.fire({ action: 'close', symbol, lot: 0.01, sl: 0, tp: 0, signalId });
const bare = 'Trade failed: Unknown error (4756)';
/** Reports as v7 sends them, every five seconds. */
const reports = (seconds: number, positions: number, more: Record<string, unknown> = {}) => {
  for (let passed = 0; passed < seconds; passed += 5) {
    bench.clock.advance(5_000);
    report(positions, more);
  }
};
const statusAsked = () => bench.link.takeSent().filter(({ command }) => command === 'status').length;

describe('what an EA says of a buy of 0.10 lots', () => {
  const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));
  const error = (text: string) => `{"type":"error","signal_id":"CASE_1","error":"${text}"}`;
  const result = (fields: string) => `{"type":"trade_result","signal_id":"CASE_1","status":"success",${fields}}`;
  const rows: [name: string, frame: Uint8Array, expected: Partial<Order>][] = [
    [
      'partially',
      bytes(error('Send failed (Retcode 10010: partially)')),
      { state: 'unknown', doubt: 'unclear_status' },
    ],
    ['placed', bytes(error('Order rejected. Retcode=10008')), { state: 'unknown' }],
    ['done in an error', bytes(error('OrderSend failed: 10009')), { state: 'unknown' }],
    ['done partially', bytes(error('Trade failed: done partially')), { state: 'unknown' }],
    ['a time-out', bytes(error('OrderSend failed, retcode=10012')), { state: 'unknown', doubt: 'ea_timeout' }],
    ['a bare number', bytes('{"type":"error","signal_id":"CASE_1","error":10012}'), { doubt: 'ea_timeout' }],
    ['closed', bytes(error('Trade failed: Market is closed (10018)')), { state: 'rejected' }],
    ['not allowed', bytes(error('Trade failed: Autotrading disabled by client terminal')), { state: 'rejected' }],
    ['nothing named', bytes(result('"ticket":0,"price":0.00000')), { state: 'unknown', doubt: 'unverified' }],
    ['fewer lots', bytes(result('"ticket":20813352,"price":2341.35,"lot":0.04')), { state: 'filled', tradedLot: 0.04 }],
    ['text', bytes(result('"ticket":"8412389","price":"2341.35000"')), { ticket: '8412389', price: 2341.35 }],
    ['a big ticket', bytes(result('"ticket":2030028288298532893,"price":2.5')), { ticket: '2030028288298532893' }],
    ['rubbish', bytes(`${result('"ticket":8412404,"price":2341.35')}\0C:\\\0`), { state: 'filled', ticket: '8412404' }],
    ['NaN', bytes(result('"ticket":5,"price":2.5,"slippage":-nan(ind)')), { state: 'filled', ticket: '5' }],
    ['Cyrillic', bytes(error('\xcd\xe5\xe4\xee\xf1'), 'latin1'), { state: 'unknown', doubt: 'unclear_status' }],
    [
      'a code beside it',
      bytes('{"type":"error","signal_id":"CASE_1","error":"?","retcode":10019}'),
      { state: 'rejected' },
    ],
  ];

  it.each(rows)('%s', async (_, frame, expected) => {
    await bench.fire({ signalId: 'CASE_1' });
    bench.link.to.frame(frame, 'feedback', null);
    expect(bench.order('CASE_1')).toMatchObject(expected);
    expect(bench.state().unreadable).toBe(0);
  });
});

describe('lots that were traded', () => {
  it('are kept beside those that were asked for, and alarmed where they differ', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', { lot: 0.04 });
    expect(bench.order('A')).toMatchObject({ state: 'filled', lot: 0.1, tradedLot: 0.04 });
    expect(alarms()[0]).toMatchObject({
      code: 'other_lots',
      text: 'Order A asked for 0.1 lots, and 0.04 were traded.',
    });
  });

  it.each([
    [{ lots: 0.1 }, 0.1],
    [{ volume: '0.10' }, 0.1],
    [{}, null],
    [{ lot: 0 }, null],
  ])('%o is nothing to alarm', async (fields, tradedLot) => {
    await bench.fire({ signalId: 'A' });
    success('A', fields);
    expect(bench.order('A')).toMatchObject({ state: 'filled', tradedLot });
    expect(alarmCodes()).toEqual([]);
  });

  it('are taken from a second report that adds them', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    success('A', { lots: 0.04 });
    expect(bench.order('A')).toMatchObject({ state: 'filled', tradedLot: 0.04, repeats: 0 });
    expect(alarmCodes()).toEqual(['other_lots']);
  });

  it('that differ from those of the first report are a contradiction', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', { lots: 0.1 });
    success('A', { lots: 0.04 });
    expect(bench.order('A')).toMatchObject({ state: 'filled', tradedLot: 0.1, contradicted: true });
    expect(alarms()[0]?.text).toContain('filled as ticket 7 at 1.5 with 0.04 lots');
  });

  it('of a part that nobody counts are asked for', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', { retcode: 10010 });
    expect(bench.order('A')).toMatchObject({
      state: 'filled',
      message: expect.stringContaining('Only a part') as string,
    });
    expect(alarmCodes()).toEqual(['part_filled']);
  });
});

describe('a success without ticket and price', () => {
  it('is proved for the next order too, by a report that follows at once', async () => {
    for (const [signalId, action, count] of [
      ['A', 'buy', 2],
      ['B', 'sell', 3],
    ] as const) {
      await bench.fire({ signalId, action });
      success(signalId, nothingNamed);
      report(count);
      expect(bench.order(signalId)).toMatchObject({ state: 'filled', doubt: null });
    }
  });

  it('is unknown until positions rise, and counts as open', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified', unverified: false });
    expect((await bench.fire({ signalId: 'C', action: 'sell' })).refusal?.code).toBe('risk_unsettled');
    report(1);
    expect(bench.order('A').state).toBe('unknown');
    report(2);
    expect(bench.order('A')).toMatchObject({ state: 'filled', doubt: null, late: false, unverified: false });
    expect(bench.order('A').message).toBe(
      'The EA reports success without ticket and price: positions rose as they should.',
    );
    success('A');
    expect(bench.order('A')).toMatchObject({
      state: 'filled',
      ticket: '7',
      price: 1.5,
      contradicted: false,
      repeats: 0,
    });
    expect(alarmCodes()).toEqual(['order_unknown']);
  });

  it('keeps what the EA says apart from what the desk says of it', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', { ...nothingNamed, message: 'done' });
    expect(bench.order('A').message).toMatch(/^done\. The EA reports success/);
  });

  it('is filled at once where positions have risen before it came', async () => {
    await bench.fire({ signalId: 'A' });
    report(2);
    success('A', nothingNamed);
    expect(bench.order('A')).toMatchObject({ state: 'filled', unverified: false });
  });

  it('is completed quietly by a ticket', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    success('A');
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '7', late: false, contradicted: false });
    expect(alarmCodes()).toEqual(['order_unknown']);
  });

  it('is not proved by the rise that another order makes', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    success('B', { ticket: 8 });
    report(2);
    expect(bench.order('A').state).toBe('unknown');
    report(3);
    expect(bench.order('A').state).toBe('filled');
  });

  it('stays unknown after an error, whatever that says', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    fails('A', 'No money');
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified', contradicted: false });
    reports(120, 1);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('that a person found in MT5 is not doubted again', async () => {
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    const { number } = bench.order('A');
    bench.controller.orders.settle({ order: number, found: { ticket: '9', price: null }, note: '' }, 'ticket');
    fails('A', 'No money');
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '9', contradicted: true });
  });

  it('is filled and unverified where the EA tells no positions, with an alarm; an error makes it unknown', async () => {
    connectWithoutPositions();
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    expect(bench.order('A')).toMatchObject({ state: 'filled', unverified: true });
    expect(alarms()[0]).toMatchObject({ code: 'unverified_fill', nextStep: 'Look in MT5 whether it was traded.' });
    fails('A', 'No money');
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unverified', contradicted: false });
    success('A');
    expect(bench.order('A')).toMatchObject({ state: 'filled', ticket: '7', unverified: false });
  });

  it('is held against its symbol and can be settled by hand, however many orders ago it was', async () => {
    connectWithoutPositions();
    await bench.fire({ signalId: 'A' });
    success('A', nothingNamed);
    for (let number = 1; number <= 250; number += 1) {
      await close(`C${String(number)}`);
      fails(`C${String(number)}`, 'Market is closed (10018)');
    }
    fails('A', 'No money');
    const order = bench.controller.snapshot().state.orders.find(({ signalId }) => signalId === 'A');
    expect(order).toMatchObject({ state: 'unknown' });
    expect(await bench.fire({ signalId: 'B' })).toMatchObject({ refusal: { code: 'risk_unsettled' } });
    bench.controller.orders.settle({ order: order?.number ?? 0, found: null, note: '' }, 'ticket');
    expect(await bench.fire({ signalId: 'C' })).toMatchObject({ state: 'sent' });
  });
});

describe('an error that nobody can read', () => {
  const strange = 'Ошибка';

  it('settles itself as rejected after a minute of quiet on a hedging account, and a rise takes that back', async () => {
    await bench.fire({ signalId: 'A' });
    fails('A', strange);
    reports(60, 1);
    expect(bench.order('A').state).toBe('unknown');
    reports(5, 1);
    expect(bench.order('A')).toMatchObject({ state: 'rejected', assumed: true, settledBy: null });
    expect(alarmCodes()).toContain('taken_as_rejected');
    fails('A', strange);
    expect(bench.order('A')).toMatchObject({ state: 'rejected', repeats: 1, contradicted: false });
    reports(30, 1);
    report(2);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', assumed: false });
    expect((await bench.fire({ signalId: 'B', action: 'sell' })).refusal?.code).toBe('risk_unsettled');
  });

  const disturbed: [string, () => unknown][] = [
    ['something else was sent', () => close('C')],
    [
      'a position was closed',
      () => {
        report(0);
      },
    ],
    [
      'a stop was hit and another position opened',
      () => {
        report(1, { balance: 2990 });
      },
    ],
    [
      'margin rose',
      () => {
        report(1, { margin: 300 });
        report(1, { margin: 301 });
      },
    ],
    [
      'positions rose',
      () => {
        report(2);
        report(1);
      },
    ],
    [
      'the connection was lost',
      () => {
        bench.link.leave('feedback');
        bench.link.join('feedback');
      },
    ],
  ];
  it.each(disturbed)('is for a person where %s', async (_, happens) => {
    await bench.fire({ signalId: 'A' });
    fails('A', strange);
    await happens();
    reports(180, 1);
    expect(bench.order('A').state).toBe('unknown');
  });

  it('is for a person on a netting account, and with too few reports', async () => {
    bench = bridgeBench({ positionMode: 'netting' });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    fails('A', strange);
    reports(180, 1);
    expect(bench.order('A').state).toBe('unknown');
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    fails('B', strange);
    report(1);
    bench.clock.advance(61_000);
    report(1);
    expect(bench.order('B').state).toBe('unknown');
  });

  it.each(['retcode=10012', 'Order placed', 'done partially', 'retcode=10031'])(
    '%s never settles itself',
    async (text) => {
      await bench.fire({ signalId: 'A' });
      fails('A', text);
      reports(180, 1);
      expect(bench.order('A').state).toBe('unknown');
    },
  );
});

describe("MT5's error 4756", () => {
  it('is a rejection when it comes at once, which a rise of positions takes back with its guards', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(1_900);
    fails('A', bare);
    expect(bench.order('A')).toMatchObject({ state: 'rejected', assumed: true });
    expect(bench.order('A').message).toContain('a time-out too');
    reports(55, 1);
    report(2);
    expect(bench.order('A')).toMatchObject({ state: 'unknown', doubt: 'unclear_status' });
    expect(alarmCodes()).toContain('position_after_rejection');
    expect((await bench.fire({ signalId: 'B' })).refusal?.code).toBe('risk_unsettled');
    await bench.controller.stop();
    bench = bridgeBench({}, { journal: bench.journal, clock: bench.clock });
    bench.connect();
    expect(bench.order('A').state).toBe('unknown');
  });

  it('gives the duplicate window and the day their trade back', async () => {
    bench = bridgeBench({ limits: { ...openLimits, duplicateWindowS: 30, tradesPerDay: 1 } });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    fails('A', bare);
    report(2);
    expect((await bench.fire({ signalId: 'B' })).refusal?.code).toBe('duplicate_order');
    const other = await bench.fire({ signalId: 'C', symbol: 'EURUSD' });
    expect(other.refusal?.code).toBe('risk_trades_day');
  });

  it('settles nothing that is unknown, is nothing when it is slow, and never settles itself', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    expect(bench.order('A').state).toBe('unknown');
    bench.clock.advance(2_000);
    fails('A', bare);
    expect(bench.order('A').state).toBe('unknown');
    bench.answerPings();
    bench.link.says({ type: 'pong' });
    report(1);
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    bench.clock.advance(2_001);
    fails('B', bare);
    expect(bench.order('B')).toMatchObject({ state: 'unknown', doubt: 'unclear_status' });
    reports(180, 1);
    expect([bench.order('A').state, bench.order('B').state]).toEqual(['unknown', 'unknown']);
    success('A');
    expect(bench.order('A').state).toBe('filled');
  });

  it('is not doubted for a fill of another order', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    fails('B', bare);
    report(2);
    expect(bench.order('B').state).toBe('rejected');
    report(1);
    report(2);
    expect(bench.order('B').state).toBe('rejected');
    reports(5, 1);
    report(2);
    expect(bench.order('B').state).toBe('unknown');
  });
});

describe('positions', () => {
  it('are asked for after every result, together where many come at once', async () => {
    await bench.fire({ signalId: 'A' });
    bench.link.takeSent();
    success('A');
    expect(statusAsked()).toBe(1);
    success('A');
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    fails('B', 'No money');
    expect(statusAsked()).toBe(0);
    bench.clock.advance(500);
    expect(statusAsked()).toBe(1);
  });

  it('count known fills until the next report', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    expect(bench.state().account.positions).toBe(2);
    report(2);
    expect(bench.state().account.positions).toBe(2);
  });

  it('count a fill once whose result comes after the report of it, so that no close is confirmed by that', async () => {
    await bench.fire({ signalId: 'A' });
    reports(10, 2);
    expect(bench.order('A').state).toBe('unknown');
    success('A');
    expect(bench.state().account.positions).toBe(2);
    await close('C');
    success('C', nothingNamed);
    report(2);
    expect(bench.order('C').state).toBe('sent');
    report(1);
    expect(bench.order('C').state).toBe('filled');
  });

  it('count a fill once beside another order in doubt', async () => {
    await bench.fire({ signalId: 'U', symbol: 'EURUSD' });
    reports(10, 1);
    bench.answerPings();
    await bench.fire({ signalId: 'A' });
    report(2);
    success('A');
    expect(bench.order('U').state).toBe('unknown');
    expect(bench.state().account.positions).toBe(2);
  });

  it('count a fill once that a person found after a restart', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(500);
    const { clock, journal } = bench;
    bench = bridgeBench({}, { clock, journal });
    bench.connect();
    const { number } = bench.order('A');
    bench.controller.orders.settle({ order: number, found: { ticket: '7', price: 1.5 }, note: '' }, 'ticket');
    expect(bench.state().account.positions).toBe(1);
  });

  it('make a close soon after a fill good, and a rejection no false alarm', async () => {
    await bench.fire({ signalId: 'A' });
    success('A');
    await close('C');
    success('C', { ticket: 0, price: 0, message: 'Closed 1 positions' });
    report(1);
    expect(bench.order('C').state).toBe('filled');
    await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
    success('B');
    await bench.fire({ signalId: 'D', symbol: 'GBPUSD' });
    fails('D', 'No money');
    report(2);
    expect(alarmCodes()).not.toContain('position_after_rejection');
  });
});

describe('a close', () => {
  it('that finds no positions while there are some is an alarm, and says how many remain', async () => {
    report(2);
    await close('C');
    fails('C', 'No positions found for XAUUSD');
    expect(bench.order('C')).toMatchObject({ state: 'rejected', assumed: true });
    expect(bench.order('C').message).toContain('2 positions remain on the account');
    expect(alarms()[0]).toMatchObject({ level: 'critical', code: 'not_closed' });
    fails('C', 'No positions found for XAUUSD');
    expect(bench.order('C')).toMatchObject({ state: 'rejected', repeats: 1, contradicted: false });
  });

  it('that finds none where there is none is rejected, and no more', async () => {
    report(0);
    await close('C');
    fails('C', 'No positions found for XAUUSD');
    expect(bench.order('C')).toMatchObject({ state: 'rejected', assumed: false });
    expect(alarmCodes()).toEqual([]);
  });

  it('that closed nothing is not filled when another position hits its stop two hours later', async () => {
    report(2);
    await close('C', 'EURUSD');
    success('C', { ticket: 0, price: 0, message: 'Closed 0 positions' });
    reports(7_200, 2);
    expect(bench.order('C')).toMatchObject({ state: 'unknown', doubt: 'positions_remain' });
    report(1);
    report(0);
    expect(bench.order('C').state).toBe('unknown');
  });

  it('is not confirmed by the fall that another close has made', async () => {
    report(2);
    await close('C');
    await close('D', 'EURUSD');
    success('C', nothingNamed);
    report(1);
    success('D', nothingNamed);
    report(1);
    expect([bench.order('C').state, bench.order('D').state]).toEqual(['filled', 'sent']);
    bench.clock.advance(10_000);
    expect(bench.order('D')).toMatchObject({ state: 'unknown', doubt: 'positions_remain' });
  });

  it('is confirmed with another close by a fall of two', async () => {
    report(3);
    await close('C');
    await close('D', 'EURUSD');
    success('C', nothingNamed);
    success('D', nothingNamed);
    report(1);
    expect([bench.order('C').state, bench.order('D').state]).toEqual(['filled', 'filled']);
  });

  it('that says it closed nothing is not confirmed by the fall of another position', async () => {
    report(2);
    await close('C', 'EURUSD');
    success('C', { ticket: 0, price: 0, message: 'Closed 0 positions' });
    report(1);
    expect(bench.order('C').state).toBe('sent');
  });

  it('is confirmed by positions of its own symbol where the EA tells them', async () => {
    const held = (...symbols: string[]) => {
      report(symbols.map((symbol) => ({ symbol, ticket: 1 })));
    };
    held('EURUSD', 'XAUUSD');
    expect(bench.state().account.positions).toBe(2);
    await close('C', 'EURUSD');
    success('C', { ticket: 0, price: 0, message: 'Closed 1 positions' });
    held('EURUSD');
    expect(bench.order('C').state).toBe('sent');
    held('XAUUSD');
    expect(bench.order('C').state).toBe('filled');
  });
});
