import { beforeEach, describe, expect, it } from 'vitest';
import type { PaperFault } from '../../src/api/state/state.ts';
import { decodeEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { paperSymbols, PaperMarket } from '../../src/paper/market.ts';
import { PaperEa } from '../../src/paper/paperEa.ts';
import { PaperTerminal } from '../../src/paper/terminal.ts';
import { readKey } from '../../src/paper/v7Text.ts';

let now: number;
let sent: string[];
let later: { ms: number; action: () => void }[];
let drops: number;
let market: PaperMarket;
let terminal: PaperTerminal;

function makeEa(fault: PaperFault = 'none', seed = 1): PaperEa {
  market = new PaperMarket(seed);
  terminal = new PaperTerminal(market, 10_000, 100, () => now);
  const options = { uuid: 'paper-001', login: 1, server: 'Paper', fault, delayMs: 3_000 };
  return new PaperEa(market, terminal, options, {
    send: (text) => sent.push(text),
    later: (ms, action) => later.push({ ms, action }),
    dropConnection: () => (drops += 1),
    now: () => now,
  });
}

const signal = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    type: 'signal',
    action: 'buy',
    symbol: 'XAUUSD',
    lot: 0.1,
    tp: 0,
    sl: 0,
    signal_id: 'S1',
    ...changes,
  });

const answers = () => sent.splice(0).map((text) => JSON.parse(text) as Record<string, unknown>);

beforeEach(() => {
  now = Date.UTC(2026, 0, 5, 9);
  sent = [];
  later = [];
  drops = 0;
});

describe('the paper EA', () => {
  it('says nothing that the desk cannot read', () => {
    const ea = makeEa();
    ea.status('startup', 'hello');
    ea.heartbeat();
    ea.telemetry();
    for (let step = 0; step < 100; step += 1) {
      now += 1_000;
      ea.ticks();
    }
    for (const text of [
      signal(),
      signal({ symbol: 'NOPE' }),
      signal({ action: 'close_all' }),
      '{"type":"ping"}',
      '{"type":"command","command":"status"}',
    ])
      ea.command(text);
    expect(sent.length).toBeGreaterThan(400);
    for (const text of sent) expect(decodeEaFrame(new TextEncoder().encode(text)), text).toMatchObject({ ok: true });
  });

  it('sends the bars of its own ticks every 5 s, of each timeframe the oldest five of the last ten, as v7 does (W11)', () => {
    const ea = makeEa();
    const bids: number[] = [];
    for (let second = 0; second < 12 * 60; second += 1) {
      now += 1_000;
      ea.ticks();
      if (second < 60) bids.push(market.quote('EURUSD')?.bid ?? 0);
    }
    const batches = answers().filter(({ type, symbol }) => type === 'candle_batch' && symbol === 'EURUSD');
    expect(batches).toHaveLength((12 * 60) / 5);
    const sentAt = Number(batches.at(-1)?.['timestamp']);
    expect(sentAt).toBe(now / 1000 - 4);
    const bars = batches.at(-1)?.['M1'] as Record<string, number>[];
    const thisMinute = sentAt - (sentAt % 60);
    expect(bars.map(({ time }) => (thisMinute - (time ?? 0)) / 60)).toEqual([9, 8, 7, 6, 5]);
    const first = batches.at(20)?.['M1'] as Record<string, number>[];
    // The first minute has 59 ticks: the clock stood at a whole minute before the first one.
    const minute = bids.slice(0, 59);
    expect(first[0]).toMatchObject({
      open: minute[0],
      high: Math.max(...minute),
      low: Math.min(...minute),
      close: minute.at(-1),
    });
  });

  it('writes numbers with v7’s fixed decimals', () => {
    const ea = makeEa();
    ea.heartbeat();
    expect(sent[0]).toBe(
      '{"type":"heartbeat","balance":10000.00,"equity":10000.00,"positions":0,"timestamp":"2026.01.05 09:00:00"}',
    );
  });

  it('answers pings, status and config as v7 does, and nothing to what it does not know (W7)', () => {
    const ea = makeEa();
    ea.command('{"type":"ping"}');
    ea.command('{"type":"command","command":"status"}');
    ea.command('{"type":"config","param":"slippage","value":"20"}');
    ea.command('{"type":"command","command":"dance"}');
    ea.command('{"type":"unheard"}');
    expect(answers()).toMatchObject([
      { type: 'pong' },
      { type: 'status_report', open_positions: 0, account_balance: 10_000 },
      { type: 'status', status: 'config', message: 'Slippage updated to 20', account: 1, server: 'Paper' },
    ]);
  });

  it('fills at the ask and the bid', () => {
    const ea = makeEa();
    const { bid, ask } = market.quote('XAUUSD') ?? { bid: 0, ask: 0 };
    ea.command(signal());
    ea.command(signal({ action: 'sell', signal_id: 'S2' }));
    expect(answers()).toMatchObject([
      { type: 'trade_result', signal_id: 'S1', status: 'success', price: ask },
      { type: 'trade_result', signal_id: 'S2', status: 'success', price: bid },
    ]);
    expect(terminal.figures()).toMatchObject({ positions: 2 });
    expect(terminal.figures().profit).toBeCloseTo(-(ask - bid) * 100 * 0.1 * 2, 6);
  });

  it('reads stops as points, and closes at them (W5)', () => {
    const ea = makeEa();
    ea.command(signal({ sl: 50, tp: 50 }));
    const opened = Number(answers()[0]?.['price']);
    for (let step = 0; step < 10_000 && terminal.figures().positions > 0; step += 1) ea.ticks();
    const { balance, positions } = terminal.figures();
    expect(positions).toBe(0);
    // 50 points of gold are 0.50; 0.1 lots are 10 ounces: about 5 dollars either way, and a tick's slippage.
    expect(Math.abs(balance - 10_000)).toBeGreaterThan(4.9);
    expect(Math.abs(balance - 10_000)).toBeLessThan(10);
    expect(opened).toBeGreaterThan(0);
  });

  it.each([
    [{ lot: 0 }, 0.01],
    [{ lot: 0.016 }, 0.02],
    [{ lot: 0.001 }, 0.01],
  ])('trades %j as %f lots (W6)', (changes, lot) => {
    const ea = makeEa();
    ea.command(signal({ ...changes, symbol: 'EURUSD' }));
    const { ask } = market.quote('EURUSD') ?? { ask: 0 };
    expect(terminal.figures().margin).toBeCloseTo((lot * 100_000 * ask) / 100, 6);
  });

  it('has no money for more than its free margin', () => {
    const ea = makeEa();
    ea.command(signal({ lot: 50 }));
    expect(answers()).toMatchObject([{ type: 'error', signal_id: 'S1', error: 'Trade failed: No money' }]);
  });

  it('closes its own positions of one symbol, or all, and says how many (W2, W14)', () => {
    const ea = makeEa();
    terminal.open({ side: 'buy', symbol: 'XAUUSD', lot: 0.1, slPoints: 0, tpPoints: 0 }, 42);
    ea.command(signal());
    ea.command(signal({ symbol: 'EURUSD', signal_id: 'S2' }));
    answers();
    ea.command(signal({ action: 'close', signal_id: 'C1' }));
    ea.command(signal({ action: 'close', signal_id: 'C2' }));
    ea.command(signal({ action: 'close_all', symbol: 'ALL', signal_id: 'C3' }));
    ea.command(signal({ action: 'close_all', symbol: 'ALL', signal_id: 'C4' }));
    expect(answers()).toMatchObject([
      { signal_id: 'C1', status: 'success', ticket: 0, price: 0, message: 'Closed 1 positions' },
      { signal_id: 'C2', error: 'No positions found for XAUUSD' },
      { signal_id: 'C3', message: 'Closed 1 positions' },
      { signal_id: 'C4', message: 'Closed 0 positions' },
    ]);
    expect(terminal.figures().positions).toBe(1);
  });

  it('needs a symbol even to close all (W3), and knows four actions', () => {
    const ea = makeEa();
    ea.command(signal({ action: 'close_all', symbol: '' }));
    ea.command(signal({ action: 'hold' }));
    expect(answers()).toMatchObject([{ error: 'Invalid signal parameters' }, { error: 'Unknown action: hold' }]);
  });

  it.each([
    ['reject', ['Trade is not allowed'], 0],
    ['silent', [], 0],
    ['drop', [], 1],
    ['twice', ['S1', 'S1'], 0],
    ['stranger', ['S1', 'NEVER_SENT_1'], 0],
  ] as const)('with the fault %s', (fault, expected, dropped) => {
    const ea = makeEa(fault);
    ea.command(signal());
    expect(answers().map(({ error, signal_id }) => error ?? signal_id)).toEqual(expected);
    expect(drops).toBe(dropped);
    expect(terminal.figures().positions).toBe(fault === 'reject' ? 0 : 1);
  });

  it('with the fault delay, answers later', () => {
    const ea = makeEa('delay');
    ea.command(signal());
    expect(answers()).toEqual([]);
    expect(later.map(({ ms }) => ms)).toEqual([3_000]);
    later[0]?.action();
    expect(answers()).toMatchObject([{ signal_id: 'S1', status: 'success' }]);
  });
});

describe('the paper market', () => {
  it('is the same for the same seed, and another for another', () => {
    const walk = (seed: number) => {
      const walked = new PaperMarket(seed);
      for (let step = 0; step < 100; step += 1) walked.step(step);
      return paperSymbols.map(({ symbol }) => walked.quote(symbol));
    };
    expect(walk(5)).toEqual(walk(5));
    expect(walk(5)).not.toEqual(walk(6));
  });

  it('stays plausible for days: near its start, ask above bid, spread as told', () => {
    const walked = new PaperMarket(3);
    for (let step = 0; step < 200_000; step += 1) walked.step(step);
    for (const { symbol, start, digits } of paperSymbols) {
      const { bid, ask, spread } = walked.quote(symbol) ?? { bid: 0, ask: 0, spread: 0 };
      expect(Math.abs(bid / start - 1)).toBeLessThan(0.1);
      expect((ask - bid) * 10 ** digits).toBeCloseTo(spread, 3);
    }
  });
});

describe('the paper EA that trades fewer lots', () => {
  it('does what v7 does to some lots, and tells it', () => {
    const ea = makeEa('fewer_lots');
    ea.command(signal({ lot: 0.29 }));
    ea.command(signal({ lot: 0.3, signal_id: 'S2' }));
    expect(answers()).toMatchObject([
      { signal_id: 'S1', status: 'success', lot: 0.28 },
      { signal_id: 'S2', status: 'success', lot: 0.3 },
    ]);
    ea.setFault('none');
    ea.command(signal({ lot: 0.29, signal_id: 'S3' }));
    expect(answers()[0]).not.toHaveProperty('lot');
  });
});

describe('v7’s reading of JSON', () => {
  it('goes by the text, as W1 warns', () => {
    expect(readKey('{"type":"signal","sl":null}', 'sl')).toBe('null');
    expect(readKey('{"a":{"type":"x"},"type":"y"}', 'type')).toBe('x');
    expect(readKey('{"symbol" :"X"}', 'symbol')).toBe('');
    expect(readKey('{"message":"a \\"b\\" c"}', 'message')).toBe('a \\');
  });
});
