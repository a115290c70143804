import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import { openLimits } from '../support/openLimits.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

let bench: BridgeBench;

beforeEach(() => {
  bench = bridgeBench();
  bench.connect();
});

const code = async (order: Promise<Order>): Promise<string> => {
  const { state, refusal } = await order;
  return refusal?.code ?? state;
};
const alarmCodes = () => bench.controller.snapshot().state.alarms.map(({ code: one }) => one);
const fill = (signal_id: string, more: Record<string, unknown> = {}) => {
  bench.link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 1.5, ...more });
};

describe('the kill switch', () => {
  it('refuses every buy and sell at once, disarms, and only a person releases it', async () => {
    bench.controller.risk.kill('ticket');
    expect(await code(bench.fire())).toBe('kill_switch');
    expect(bench.state().armed).toBe(false);
    expect(() => {
      bench.controller.risk.arm('main', 'ticket');
    }).toThrow('The kill switch is on');
    bench.controller.risk.release('ticket');
    expect(await code(bench.fire())).toBe('disarmed');
    bench.controller.risk.arm('main', 'ticket');
    expect(await code(bench.fire())).toBe('sent');
  });

  it('lets pings and closes go on', async () => {
    bench.controller.risk.kill('ticket');
    expect(await code(bench.fire({ action: 'close', lot: 0.01, sl: 0, tp: 0 }))).toBe('sent');
    bench.link.takeSent();
    bench.clock.advance(30_000);
    expect(bench.link.takeSent().map(({ type }) => type)).toContain('ping');
  });

  it('stops an order that waits for room in the socket', async () => {
    const send = bench.link.send.bind(bench.link);
    bench.link.send = async (text, still) => {
      bench.controller.risk.kill('ticket');
      return send(text, still);
    };
    expect(await code(bench.fire())).toBe('kill_switch');
    expect(bench.link.sent).toEqual([]);
  });

  it('survives a restart, and overrules --armed', async () => {
    bench.controller.risk.kill('command line');
    await bench.controller.stop();
    bench = bridgeBench({ armed: true }, { journal: bench.journal });
    bench.connect();
    expect(bench.controller.snapshot().state.killSwitch).toMatchObject({ by: 'command line' });
    expect(bench.state().armed).toBe(false);
    expect(alarmCodes()).toContain('not_armed');
    expect(await code(bench.fire())).toBe('kill_switch');
  });
});

describe('the account', () => {
  const reconnect = (name: () => void) => {
    bench.link.leave();
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    name();
    bench.heartbeat();
  };

  it('that changes stops trading until a person accepts it', async () => {
    reconnect(() => {
      bench.nameAccount(2);
    });
    expect(await code(bench.fire())).toBe('account_changed');
    expect(bench.state()).toMatchObject({ armed: false, accountProblem: { kind: 'changed', now: '2@Broker-Demo' } });
    expect(alarmCodes()).toContain('account_changed');
    const { orderManager } = bench.controller.bridge('main');
    expect(() => {
      orderManager.arm('ticket');
    }).toThrow('before, it was on 1000001@Broker-Demo');
    expect(() => {
      orderManager.accountWatch.accept('3@Broker-Demo', 'ticket');
    }).toThrow('not on account 3@Broker-Demo any more');
    orderManager.accountWatch.accept('2@Broker-Demo', 'ticket');
    orderManager.arm('ticket');
    expect(await code(bench.fire())).toBe('sent');
  });

  it('that is the same again needs nothing', async () => {
    reconnect(() => {
      bench.nameAccount();
    });
    expect(await code(bench.fire())).toBe('sent');
  });

  it('that names a uuid too is still the same', async () => {
    bench.link.says({ type: 'telemetry', uuid: 'user-001', balance: 1, equity: 1, margin: 0 });
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('sent');
    expect(bench.order('A').account).toBe('user-001');
  });

  const uuid = { type: 'telemetry', uuid: 'user-001', balance: 1, equity: 1, margin: 0 };

  it('that is first named by another kind of name waits for the one that is known', async () => {
    reconnect(() => {
      bench.link.says(uuid);
    });
    expect(bench.state()).toMatchObject({ armed: true, accountProblem: { kind: 'unnamed' } });
    expect(await code(bench.fire())).toBe('account_changed');
    bench.nameAccount();
    expect(bench.state()).toMatchObject({ armed: true, accountProblem: null });
    expect(await code(bench.fire())).toBe('sent');
  });

  it('that is only named by another kind of name has changed', () => {
    reconnect(() => {
      bench.link.says(uuid);
    });
    bench.clock.advance(4_000);
    expect(bench.state().armed).toBe(true);
    bench.clock.advance(1_500);
    expect(bench.state()).toMatchObject({ armed: false, accountProblem: { kind: 'changed', now: 'user-001' } });
    expect(alarmCodes()).toContain('account_changed');
  });

  it('that the EA does not name is named by a person, or not traded', async () => {
    reconnect(() => undefined);
    expect(await code(bench.fire())).toBe('account_changed');
    const { orderManager } = bench.controller.bridge('main');
    orderManager.disarm(null);
    expect(() => {
      orderManager.arm('ticket');
    }).toThrow('has not named its account');
    orderManager.identity.namedByPerson('my account', 'ticket');
    expect(bench.state().accountProblem).toMatchObject({ kind: 'changed', now: 'my account' });
    orderManager.accountWatch.accept('my account', 'ticket');
    orderManager.arm('ticket');
    expect(await code(bench.fire())).toBe('sent');
  });

  it('is remembered over a restart', async () => {
    await bench.controller.stop();
    bench = bridgeBench({}, { journal: bench.journal });
    bench.link.join();
    bench.answerPings();
    bench.clock.advance(1_000);
    bench.answerPings();
    bench.nameAccount(2);
    bench.heartbeat();
    expect(await code(bench.fire())).toBe('account_changed');
  });
});

describe('units', () => {
  it('that are not set stop orderManager, and setting them disarms', async () => {
    const bridge = bench.controller.bridge('main');
    bridge.configure({ stopUnit: null }, 'ticket');
    bridge.orderManager.arm('ticket');
    expect(await code(bench.fire({ sl: 0, tp: 0 }))).toBe('unit_unknown');
    expect(await code(bench.fire({ sl: 20, tp: 40 }))).toBe('unit_unknown');
    bridge.configure({ stopUnit: 'points', positionMode: null }, 'ticket');
    expect(bench.state().armed).toBe(false);
    bridge.orderManager.arm('ticket');
    expect(await code(bench.fire())).toBe('unit_unknown');
    bridge.configure({ positionMode: 'netting' }, 'ticket');
    bridge.orderManager.arm('ticket');
    expect(await code(bench.fire())).toBe('sent');
  });

  it('and names that the broker knows symbols by disarm when they are changed, lots of a symbol do not', () => {
    const bridge = bench.controller.bridge('main');
    const gold = bridge.config.symbols.find(({ symbol }) => symbol === 'XAUUSD');
    if (gold === undefined) throw new Error('There is no gold in the table.');
    const others = bridge.config.symbols.filter((spec) => spec !== gold);
    bridge.configure({ symbols: [...others, { ...gold, lots: { min: 0.1, max: 1, step: 0.1 } }] }, 'ticket');
    expect(bench.state().armed).toBe(true);
    bridge.configure({ symbols: [...others, { ...gold, alias: 'GOLD' }] }, 'ticket');
    expect(bench.state().armed).toBe(false);
    bridge.orderManager.arm('ticket');
    bridge.configure({ symbolSuffix: '.m' }, 'ticket');
    expect(bench.state().armed).toBe(false);
  });

  const tick = (bid: number, spread: number, distance = 0.00012) => {
    bench.link.says({ type: 'tick', symbol: 'EURUSD', bid, ask: Number((bid + distance).toFixed(5)), spread });
  };

  it('whose point does not fit the ticks are unknown: a spread in pips', async () => {
    for (const bid of [1.10001, 1.10003, 1.10005]) tick(bid, 1.2);
    const order = bench.fire({ symbol: 'EURUSD', signalId: 'A' });
    expect(await code(order)).toBe('unit_unknown');
    expect((await order).refusal?.reason).toContain('its prices have 5 decimals');
  });

  it('whose spread is no power of ten of the price are unknown', async () => {
    for (const bid of [1.10001, 1.10003, 1.10005]) tick(bid, 5);
    expect(await code(bench.fire({ symbol: 'EURUSD' }))).toBe('unit_unknown');
  });

  it('are not doubted for one odd tick, nor for an order without stops', async () => {
    tick(1.10001, 12);
    tick(1.10003, 1.2);
    expect(await code(bench.fire({ symbol: 'EURUSD', signalId: 'A' }))).toBe('sent');
    fill('A');
    for (const bid of [1.10001, 1.10003, 1.10005]) tick(bid, 1.2);
    expect(await code(bench.fire({ symbol: 'EURUSD', sl: 0, tp: 0 }))).toBe('sent');
  });
});

describe('no quotes (W15)', () => {
  it('is told apart from a gone EA: status goes on, heartbeats have stopped', async () => {
    for (let second = 0; second <= 15; second += 5) {
      bench.clock.advance(5_000);
      bench.link.says({
        type: 'status_report',
        open_positions: 1,
        account_balance: 3000,
        account_equity: 2987.5,
        account_margin: 0,
      });
    }
    const order = bench.fire();
    expect(await code(order)).toBe('no_quotes');
    expect((await order).refusal?.reason).toContain('the market is probably closed');
    bench.heartbeat();
    expect(await code(bench.fire())).toBe('sent');
  });

  it('of one symbol stop that symbol', async () => {
    bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2340.1, ask: 2340.35, spread: 25 });
    for (let second = 0; second < 65; second += 5) {
      bench.clock.advance(5_000);
      bench.heartbeat();
    }
    expect(await code(bench.fire())).toBe('no_quotes');
    bench.link.says({ type: 'tick', symbol: 'EURUSD', bid: 1.1, ask: 1.10012, spread: 12 });
    expect(await code(bench.fire({ symbol: 'EURUSD' }))).toBe('sent');
  });
});

describe('the same symbol and side again', () => {
  beforeEach(() => {
    bench = bridgeBench({ limits: { ...openLimits, duplicateWindowS: 30 } });
    bench.connect();
  });

  it('is one order, however it is fired', async () => {
    const codes = await Promise.all([code(bench.fire()), code(bench.fire()), code(bench.fire())]);
    expect(codes).toEqual(['sent', 'busy', 'busy']);
    fill(String(bench.controller.snapshot().state.orders.at(-1)?.signalId));
    expect(await code(bench.fire())).toBe('duplicate_order');
    expect(bench.link.sent.filter((text) => text.includes('signal_id'))).toHaveLength(1);
    expect(await code(bench.fire({ action: 'sell', signalId: 'S' }))).toBe('sent');
  });

  it('may be fired after the window, and after a rejection at once', async () => {
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'error', signal_id: 'A', error: 'No money' });
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('sent');
    fill('B');
    bench.clock.advance(29_999);
    bench.heartbeat();
    expect(await code(bench.fire({ signalId: 'C' }))).toBe('duplicate_order');
    bench.clock.advance(1);
    expect(await code(bench.fire({ signalId: 'D' }))).toBe('sent');
  });

  it('is let through for a person who names the order that is repeated, and for no other name', async () => {
    await bench.fire({ signalId: 'A' });
    fill('A');
    expect(await code(bench.fire({ signalId: 'B', repeats: 'X' }))).toBe('duplicate_order');
    expect(await code(bench.fire({ signalId: 'B', confirmed: ['A'] }))).toBe('duplicate_order');
    expect(await code(bench.fire({ signalId: 'C', repeats: 'A' }))).toBe('sent');
    fill('C');
    // The last one is another by now.
    expect(await code(bench.fire({ signalId: 'D', repeats: 'A' }))).toBe('duplicate_order');
  });

  it('is told over a restart', async () => {
    await bench.fire({ signalId: 'A' });
    fill('A');
    await bench.controller.stop();
    bench = bridgeBench({ limits: { ...openLimits, duplicateWindowS: 30 } }, { journal: bench.journal });
    bench.connect();
    expect(await code(bench.fire())).toBe('duplicate_order');
  });
});

describe('a long duplicate window', () => {
  const windowOf = (duplicateWindowS: number) => ({ limits: { ...openLimits, duplicateWindowS } });
  /** @param awayMs how long the app is away */
  const restart = async (duplicateWindowS: number, awayMs = 0) => {
    await bench.controller.stop();
    bench.clock.advance(awayMs);
    bench = bridgeBench(windowOf(duplicateWindowS), { journal: bench.journal, clock: bench.clock });
    bench.connect();
  };
  /** Trades in as many other symbols, each filled. */
  const tradeOthers = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      bench.clock.advance(1_000);
      bench.heartbeat();
      expect(await code(bench.fire({ signalId: `X${String(index)}`, symbol: `SYM${String(index)}` }))).toBe('sent');
      fill(`X${String(index)}`);
    }
  };

  beforeEach(async () => {
    bench = bridgeBench(windowOf(86_400));
    bench.connect();
    await bench.fire({ signalId: 'A' });
    fill('A');
  });

  it('holds for its whole length, over restarts', async () => {
    for (let hours = 1; hours < 24; hours += 1) {
      await restart(86_400, 3_590_000);
      expect(await code(bench.fire())).toBe('duplicate_order');
    }
    await restart(86_400, 4_000_000);
    expect(await code(bench.fire())).toBe('sent');
  });

  it('holds at any number of trades, over a restart too', async () => {
    await tradeOthers(450);
    expect(await code(bench.fire())).toBe('duplicate_order');
    await restart(86_400);
    expect(await code(bench.fire())).toBe('duplicate_order');
  });

  it('that is set only now finds what was sent before', async () => {
    await restart(0);
    await tradeOthers(250);
    await restart(0, 7_200_000);
    bench.controller.bridge('main').configure(windowOf(14_400), 'ticket');
    expect(await code(bench.fire())).toBe('duplicate_order');
    expect(await code(bench.fire({ action: 'sell' }))).toBe('sent');
  });

  it('counts from the last that was not rejected', async () => {
    await restart(0);
    bench.clock.advance(60_000);
    bench.heartbeat();
    await bench.fire({ signalId: 'B' });
    bench.link.says({ type: 'error', signal_id: 'B', error: 'No money' });
    bench.controller.bridge('main').configure(windowOf(30), 'ticket');
    expect(await code(bench.fire({ signalId: 'C' }))).toBe('sent');
    fill('C');
    bench.controller.bridge('main').configure(windowOf(3_600), 'ticket');
    const { refusal } = await bench.fire({ signalId: 'D' });
    expect(refusal).toMatchObject({ code: 'duplicate_order', reason: expect.stringContaining('C') as string });
  });
});

describe('the clock', () => {
  it.each([
    ['forward a day', 86_400_000],
    ['back a day', -86_400_000],
    ['forward 6 s', 6_000],
  ])('that is set %s disarms, makes telemetry stale and times nothing out', async (_, jump) => {
    await bench.fire({ signalId: 'A' });
    bench.clock.jump(jump);
    bench.clock.advance(250);
    expect(bench.order('A').state).toBe('sent');
    expect(bench.state()).toMatchObject({ armed: false });
    expect(alarmCodes()).toContain('disarmed');
    bench.controller.risk.arm('main', 'ticket');
    expect(await code(bench.fire())).toBe('stale_telemetry');
    bench.heartbeat();
    fill('A');
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('sent');
  });

  it('that jumps by less than 5 s changes nothing', () => {
    bench.clock.jump(4_900);
    bench.clock.advance(250);
    expect(bench.state().armed).toBe(true);
  });

  it('a machine that slept, its clocks running on, disarms', () => {
    bench.clock.sleep(60_000);
    bench.clock.advance(250);
    expect(bench.state().armed).toBe(false);
  });

  it('that is set back does not give the trades of today back', async () => {
    bench = bridgeBench({ limits: { ...openLimits, tradesPerDay: 1 } });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    fill('A');
    expect(await code(bench.fire())).toBe('risk_trades_day');
    bench.clock.jump(-86_400_000);
    bench.clock.advance(250);
    bench.controller.risk.arm('main', 'ticket');
    bench.heartbeat();
    expect(await code(bench.fire())).toBe('risk_trades_day');
  });
});

describe('risk limits', () => {
  it('hold for orders that are fired at once', async () => {
    bench = bridgeBench({ limits: { ...openLimits, openTrades: 2 } });
    bench.connect();
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('sent');
    fill('A');
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('risk_open_trades');
  });

  it('count an unknown order as open until it is settled', async () => {
    bench = bridgeBench({ limits: { ...openLimits, openTrades: 2 } });
    bench.connect();
    await bench.fire({ signalId: 'A' });
    bench.clock.advance(10_000);
    bench.answerPings();
    bench.link.says({ type: 'pong' });
    bench.heartbeat();
    expect(await code(bench.fire({ symbol: 'EURUSD', signalId: 'B' }))).toBe('risk_open_trades');
    bench.controller.orders.settle({ order: bench.order('A').number, found: null, note: 'not there' }, 'ticket');
    expect(await code(bench.fire({ symbol: 'EURUSD', signalId: 'C' }))).toBe('sent');
  });

  it('count no order of days ago as one of the last minute when it is settled', async () => {
    await bench.fire({ signalId: 'A' });
    bench.clock.sleep(5 * 24 * 3_600_000);
    bench = bridgeBench(
      { limits: { ...openLimits, tradesPerMinute: 1 } },
      { clock: bench.clock, journal: bench.journal },
    );
    bench.connect();
    bench.controller.orders.settle(
      { order: bench.order('A').number, found: { ticket: '7', price: 1.5 }, note: '' },
      'ticket',
    );
    bench.controller.risk.arm('main', 'ticket');
    expect((await bench.fire({ signalId: 'B' })).state).toBe('sent');
  });

  it('measure drawdown and daily loss from figures that survive a restart, until a person re-bases', async () => {
    const limits = { ...openLimits, drawdownPercent: 20, dailyLossPercent: 5 };
    bench = bridgeBench({ limits });
    bench.connect();
    const report = (equity: number) => {
      bench.link.says({ type: 'heartbeat', balance: 3000, equity, positions: 0 });
      bench.clock.advance(1_000);
    };
    bench.clock.advance(250);
    report(3_000);
    report(2_800);
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('risk_daily_loss');
    await bench.controller.stop();
    bench = bridgeBench({ limits }, { journal: bench.journal, clock: bench.clock });
    bench.connect();
    report(2_300);
    expect(bench.state().riskBase).toMatchObject({ dayStartEquity: 2987.5, peakEquity: 3_000 });
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('risk_daily_loss');
    bench.clock.jump(86_400_000);
    bench.clock.advance(250);
    bench.controller.risk.arm('main', 'ticket');
    report(2_300);
    // The day of a clock that jumped begins when it has been steady for a minute.
    expect(await code(bench.fire({ signalId: 'B2' }))).toBe('risk_daily_loss');
    bench.clock.advance(60_000);
    report(2_300);
    expect(await code(bench.fire({ signalId: 'C' }))).toBe('risk_drawdown');
    bench.controller.risk.rebase('main', 'withdrew 700', 'ticket');
    expect(bench.state().riskBase).toMatchObject({ dayStartEquity: 2_300, peakEquity: 2_300 });
    expect(await code(bench.fire({ signalId: 'D' }))).toBe('sent');
  });

  it('count the daily loss from what a person knows the day to have started with', async () => {
    bench = bridgeBench({ limits: { ...openLimits, dailyLossPercent: 10 } });
    bench.connect();
    const report = (equity: number) => {
      bench.link.says({ type: 'heartbeat', balance: 3000, equity, positions: 0 });
      bench.clock.advance(1_000);
    };
    bench.clock.advance(250);
    const at = bench.clock.now();
    expect(bench.state().riskBase).toMatchObject({ dayStartEquity: 2987.5, dayStartBy: 'figures', dayStartAt: at });
    report(2_800);
    bench.clock.advance(60_000);
    bench.controller.risk.setDayStart('main', 3_000, 'the desk was started at noon', 'ticket');
    expect(bench.state().riskBase).toMatchObject({
      ...{ dayStartEquity: 3_000, dayStartBy: 'typed', peakEquity: 3_000, rebasedAt: null },
      dayStartAt: bench.clock.now(),
    });
    expect(alarmCodes()).toContain('day_start_set');
    bench.clock.advance(1_000);
    expect(bench.journal.entries().find(({ entry }) => entry.type === 'rebased')?.entry).toMatchObject({
      ...{ equity: 3_000, by: 'ticket', note: 'the desk was started at noon', dayStart: { before: 2987.5 } },
    });
    report(2_600);
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('risk_daily_loss');
    await bench.controller.stop();
    bench = bridgeBench({ limits: openLimits }, { journal: bench.journal, clock: bench.clock });
    bench.connect();
    report(2_300);
    expect(bench.state().riskBase).toMatchObject({ dayStartEquity: 3_000, dayStartBy: 'typed' });
  });

  it('refuse what they cannot compute', async () => {
    bench = bridgeBench({ limits: { ...openLimits, marginLevel: 150 } });
    bench.connect();
    const order = bench.fire();
    expect(await code(order)).toBe('risk_margin_level');
    bench.link.says({ type: 'telemetry', balance: 3000, equity: 2987.5, margin: 100 });
    expect(await code(bench.fire())).toBe('sent');
  });
});

describe('a journal that cannot be written', () => {
  it('stops trading visibly within a second, and trading goes on by itself when it can', async () => {
    const write = bench.journal.write.bind(bench.journal);
    bench.journal.write = () => {
      throw new Error('no space left on device');
    };
    bench.heartbeat();
    bench.clock.advance(1_000);
    expect(bench.state().obstacle).toMatchObject({ code: 'journal_failed' });
    expect(alarmCodes()).toContain('journal_failed');
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('journal_failed');
    expect(bench.link.sent.filter((text) => text.includes('signal_id'))).toEqual([]);
    bench.journal.write = write;
    bench.clock.advance(250);
    expect(await code(bench.fire({ signalId: 'B' }))).toBe('sent');
    expect(alarmCodes()).toContain('journal_recovered');
    const refused = bench.journal.entries().find(({ entry }) => entry.type === 'order' && entry.order.signalId === 'A');
    expect(refused?.entry).toMatchObject({ order: { state: 'refused' } });
  });

  it('that cannot be read either refuses in the same words', async () => {
    bench.journal.findSent = () => {
      throw new Error('disk I/O error');
    };
    const order = bench.fire();
    expect(await code(order)).toBe('journal_failed');
    expect((await order).refusal?.reason).toContain('disk I/O error');
  });

  it('keeps a result unacknowledged until it is written (S8)', async () => {
    await bench.fire({ signalId: 'A' });
    const replies: string[] = [];
    const says = (message: Record<string, unknown> | string) => {
      const text = typeof message === 'string' ? message : JSON.stringify(message);
      bench.link.to.frame(new TextEncoder().encode(text), 'feedback', (reply) => replies.push(reply));
    };
    const result = { type: 'trade_result', signal_id: 'A', status: 'success', ticket: 5, price: 1.5 };
    const write = bench.journal.write.bind(bench.journal);
    bench.journal.write = () => {
      throw new Error('no space left on device');
    };
    says(result);
    bench.clock.advance(5_000);
    expect(replies).toEqual([]);
    bench.journal.write = write;
    bench.clock.advance(250);
    expect(replies).toEqual(['{"type":"ack","signal_id":"A"}']);
    expect(bench.journal.entries().map(({ entry }) => entry.type)).toContain('feedback');

    says(result);
    bench.clock.advance(10);
    says('no JSON at all');
    bench.clock.advance(10);
    says('{"type":"trade_result","signal_id":"A","status":"broken');
    bench.clock.advance(10);
    expect(replies.slice(1)).toEqual([
      '{"type":"ack","signal_id":"A"}',
      '{"type":"ack","signal_id":""}',
      '{"type":"ack","signal_id":"A"}',
    ]);
    expect(bench.order('A')).toMatchObject({ state: 'filled', repeats: 1 });
  });

  it('sends nothing that is not durable, and forgets an order that failed', async () => {
    const write = bench.journal.write.bind(bench.journal);
    bench.journal.write = () => {
      throw new Error('disk I/O error');
    };
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('journal_failed');
    bench.journal.write = write;
    bench.clock.advance(250);
    expect(bench.journal.findSent('main', 'A')).toBeNull();
    expect(await code(bench.fire({ signalId: 'A' }))).toBe('sent');
  });
});
