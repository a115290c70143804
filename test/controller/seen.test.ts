import { beforeEach, describe, expect, it } from 'vitest';
import {
  defaultEngineSettings,
  defaultFeedSettings,
  feedSettingsSchema,
  type EngineSettings,
  type WaitingSignal,
} from '../../src/api/state/engines.ts';
import type { SeenOrder } from '../../src/domain/orders/seen.ts';
import { isChange } from '../../src/domain/tradeTerms.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { openLimits } from '../support/openLimits.ts';

// What a person confirms is what leaves: exactly, or not at all.

let bench: BridgeBench;
let token: string;

const tick = (bid: number, ask = bid + 0.3) => {
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid, ask, spread: Math.round((ask - bid) * 100) });
};
const signals = () => bench.link.takeSent().filter(({ type }) => type === 'signal');
const shown = (): WaitingSignal => {
  bench.clock.advance(250);
  const waits = bench.controller.snapshot().state.waiting[0];
  if (waits === undefined) throw new Error('Nothing waits.');
  return waits;
};
const seenIn = ({ bridge, action, symbol, planned }: WaitingSignal): SeenOrder => {
  if (bridge === null || planned === null || isChange(action)) throw new Error('There is no plan.');
  return { bridge, action, symbol, ...planned };
};
const press = (seen: SeenOrder | null) =>
  bench.controller.signals.fireWaiting(bench.controller.snapshot().state.waiting[0]?.number ?? 0, null, 'ticket', seen);

function wait(changes: Record<string, unknown> = {}): void {
  const base = { type: 'signal', engine: 'VENOM', token, action: 'buy', symbol: 'XAUUSD', tp: 0, signal_id: 'V1' };
  const text = JSON.stringify({ ...base, sl_price: 2321.3, ...changes });
  bench.controller.signals.request(new TextEncoder().encode(text), { reply: () => undefined });
}

function start(settings: Partial<EngineSettings> = {}): void {
  bench = bridgeBench({ currency: 'USD', limits: openLimits });
  bench.connect();
  bench.link.says({ type: 'telemetry', uuid: 'u', balance: 10_000, equity: 10_000, margin: 0 });
  tick(2341);
  const engine = { ...defaultEngineSettings, mode: 'ask', maxLot: 50, expiryS: 3_600, ...settings } as const;
  token = bench.controller.signals.addEngine('VENOM', engine, 'ticket');
}

beforeEach(() => {
  start();
});

describe('a signal that waits', () => {
  it('is refused where a lot of the symbol is worth something else than when it was shown', async () => {
    wait({ lot: 0.1 });
    const seen = seenIn(shown());
    const { symbols } = bench.controller.bridge('main').config;
    const larger = symbols.map((row) => (row.symbol === 'XAUUSD' ? { ...row, contractSize: 1_000 } : row));
    bench.controller.bridge('main').configure({ symbols: larger }, 'ticket');
    expect(await press(seen)).toMatchObject({ state: 'refused', refusal: { code: 'changed' } });
    expect(await press(seenIn(shown()))).toMatchObject({ state: 'sent' });
  });

  it('is shown anew with each quote', () => {
    wait();
    expect(shown().planned).toMatchObject({ lot: 0.1, sl: 2000, price: { bid: 2341 } });
    tick(2331.2);
    expect(shown().planned).toMatchObject({ lot: 0.19, sl: 1020, price: { bid: 2331.2 } });
  });

  it('leaves as it was seen', async () => {
    wait();
    const seen = seenIn(shown());
    expect(await press(seen)).toMatchObject({ state: 'sent', lot: 0.1, sl: 2000, approvedBy: 'ticket' });
    expect(signals()).toMatchObject([{ lot: 0.1, sl: 2000 }]);
  });

  it('leaves as it was seen though the price moved a little, which changes its plan', async () => {
    wait();
    const seen = seenIn(shown());
    tick(2341.5);
    expect(shown().planned?.sl).toBe(2050);
    expect(await press(seen)).toMatchObject({ state: 'sent', lot: 0.1, sl: 2000 });
  });

  it('does not leave after the price has moved further, and is shown anew', async () => {
    wait();
    const seen = seenIn(shown());
    tick(2321.5);
    const order = await press(seen);
    expect(order).toMatchObject({ state: 'refused', refusal: { code: 'changed' } });
    expect(signals()).toEqual([]);
    expect(shown()).toMatchObject({
      planned: { sl: 50 },
      refused: { reason: expect.stringContaining('the price changed') as string },
    });
    expect(await press(seenIn(shown()))).toMatchObject({ state: 'sent', sl: 50 });
  });

  const lies: [what: string, change: Partial<SeenOrder>][] = [
    ['lots', { lot: 4 }],
    ['stop loss', { sl: 50 }],
    ['take profit', { tp: 1 }],
    ['side', { action: 'sell' }],
    ['symbol', { symbol: 'EURUSD' }],
    ['account', { account: 'another' }],
    ['bridge', { bridge: 'fx' }],
    ['unit', { stopUnit: 'price' }],
    ['price', { price: null }],
  ];
  it.each(lies)('does not leave with other %s than were seen', async (_, change) => {
    wait();
    expect(await press({ ...seenIn(shown()), ...change })).toMatchObject({ refusal: { code: 'changed' } });
    expect(signals()).toEqual([]);
  });

  it('does not leave after the price moved while it was written down', async () => {
    wait();
    const seen = seenIn(shown());
    const fired = press(seen);
    tick(2330);
    expect(await fired).toMatchObject({ refusal: { code: 'changed' } });
    expect(signals()).toEqual([]);
  });

  it('is not fired over a largest lot that was lowered since', async () => {
    wait();
    const seen = seenIn(shown());
    const { signals } = bench.controller;
    signals.configureEngine('VENOM', { ...signals.engineSettings('VENOM'), maxLot: 0.05 }, 'ticket');
    expect(await press(seen)).toMatchObject({ refusal: { code: 'changed' } });
  });

  it('without anything said leaves as the list shows it, or not at all', async () => {
    wait();
    shown();
    tick(2321.5);
    expect(await press(null)).toMatchObject({ refusal: { code: 'changed' } });
  });

  it('of which the list could show no plan does not leave when one comes with the press', async () => {
    wait({ signal_id: 'V2', symbol: 'EURUSD', sl_price: 1.1 });
    expect(shown().planned).toBeNull();
    bench.link.says({ type: 'tick', symbol: 'EURUSD', bid: 1.2, ask: 1.20002, spread: 2 });
    expect(await press(null)).toMatchObject({ refusal: { code: 'changed' } });
    expect(shown().planned).not.toBeNull();
    expect(await press(null)).toMatchObject({ state: 'sent' });
  });

  it('that is a close leaves whatever was seen, whatever its limits and its time are', async () => {
    wait({ action: 'close' });
    const seen = { ...seenIn(shown()), account: 'another', lot: 4 };
    const { signals } = bench.controller;
    signals.configureEngine('VENOM', { ...signals.engineSettings('VENOM'), symbols: ['EURUSD'] }, 'ticket');
    bench.controller.risk.kill('ticket');
    bench.clock.sleep(3_700_000);
    expect(await press(seen)).toMatchObject({ state: 'sent', action: 'close' });
  });

  it('of a feed has a largest lot, as engines have, in a config.json of before too', () => {
    const { endpoint, topics, bridge, maxAgeS, riskPercent } = defaultFeedSettings;
    const old = { name: 'OLD', endpoint, topics, bridge, maxAgeS, riskPercent };
    expect(feedSettingsSchema.parse(old).maxLot).toBe(defaultEngineSettings.maxLot);
  });
});

describe('an order of the ticket', () => {
  const seen = { account: 'u', stopUnit: 'points', price: { bid: 2341, ask: 2341.3 }, positions: null } as const;
  beforeEach(() => {
    bench.clock.advance(250);
  });

  it.each([
    ['the same', 2341, 'sent'],
    ['two spreads', 2341.6, 'sent'],
    ['more than two spreads', 2341.61, 'refused'],
    ['more than two spreads the other way', 2340.39, 'refused'],
  ] as const)('at a price that moved by %s is %s', async (_, bid, state) => {
    tick(bid);
    expect((await bench.fire({ seen, signalId: 'T' })).state).toBe(state);
  });

  it('is asked about anew at the price that it was compared with, which is told before the refusal', async () => {
    tick(2390);
    bench.events.length = 0;
    expect((await bench.fire({ seen, signalId: 'T' })).refusal?.code).toBe('changed');
    expect(bench.events.filter(({ type }) => type === 'quotes' || type === 'order')).toMatchObject([
      { type: 'quotes', quotes: [{ symbol: 'XAUUSD', bid: 2390 }] },
      { type: 'order', order: { signalId: 'T' } },
    ]);
  });

  it('may move by the slippage of the bridge where that is more', async () => {
    bench.controller.bridge('main').configure({ slippage: 200 }, 'ticket');
    tick(2343);
    expect((await bench.fire({ seen, signalId: 'T' })).state).toBe('sent');
    tick(2343.02);
    bench.link.says({ type: 'error', signal_id: 'T', error: 'No money' });
    expect((await bench.fire({ seen, signalId: 'U' })).refusal?.code).toBe('changed');
  });

  it.each([
    ['another account', { account: 'another' }],
    ['another unit', { stopUnit: 'price' }],
    ['no price', { price: null }],
  ] as const)('seen on %s is refused', async (_, change) => {
    const order = await bench.fire({ seen: { ...seen, ...change } });
    expect(order.refusal?.code).toBe('changed');
    expect(signals()).toEqual([]);
  });
});

describe("a person's close", () => {
  it('goes out whatever was seen, and a difference of positions is told', async () => {
    const seen = { account: 'another', stopUnit: null, price: { bid: 1, ask: 1 }, positions: 7 };
    const close = { action: 'close_all', symbol: 'ALL', lot: 0.01, sl: 0, tp: 0 } as const;
    expect((await bench.fire({ ...close, seen })).state).toBe('sent');
    const { alarms } = bench.controller.snapshot().state;
    expect(alarms.map(({ code }) => code)).toContain('close_differs');
  });

  it('after a fill that the EA has not counted yet is no difference', async () => {
    tick(2341);
    await bench.fire({ signalId: 'A' });
    bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 2341.2 });
    const { positions } = bench.state().account;
    expect(positions).toBe(2);
    const seen = { account: null, stopUnit: null, price: null, positions };
    const close = { action: 'close_all', symbol: 'ALL', lot: 0.01, sl: 0, tp: 0 } as const;
    await bench.fire({ ...close, seen });
    expect(bench.controller.snapshot().state.alarms.map(({ code }) => code)).not.toContain('close_differs');
  });
});

it('an account that names a uuid beside its login after it was seen is the same account', async () => {
  bench = bridgeBench({ limits: openLimits });
  bench.connect();
  tick(2341);
  const seen = {
    account: '1000001@Broker-Demo',
    stopUnit: 'points',
    price: { bid: 2341, ask: 2341.3 },
    positions: null,
  } as const;
  bench.link.says({ type: 'telemetry', uuid: 'u', balance: 3_000, equity: 2_987.5, margin: 0 });
  expect(await bench.fire({ seen: { ...seen, account: '2@Broker-Demo' } })).toMatchObject({
    refusal: { code: 'changed' },
  });
  expect(await bench.fire({ seen })).toMatchObject({ state: 'sent', account: 'u' });
});
