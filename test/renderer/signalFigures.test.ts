import { describe, expect, it } from 'vitest';
import type { WaitingSignal } from '../../src/api/state/engines.ts';
import { isDoubtful, signalFigures } from '../../renderer/views/inbox/signalFigures.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

function figures(planned: { lot: number; sl: number; tp: number }, settings: object = { currency: 'USD' }) {
  const bench = bridgeBench({ leverage: 100, sizesConfirmed: true, ...settings });
  bench.connect();
  bench.link.says({ type: 'tick', symbol: 'XAUUSD', bid: 2341.22, ask: 2341.47, spread: 25 });
  const { quotes } = bench.controller.snapshot().state;
  const signal: WaitingSignal = {
    number: 1,
    source: 'engine VENOM',
    bridge: 'main',
    signalId: 'VENOM_1',
    longId: null,
    action: 'buy',
    change: null,
    symbol: 'XAUUSD',
    asked: '',
    planned: { ...planned, account: null, stopUnit: 'points', price: null },
    problem: null,
    obstacle: null,
    refused: null,
    note: null,
    at: 0,
    expiresAt: 60_000,
  };
  return signalFigures(signal, bench.state(), { quotes: quotes['main'] ?? [], now: bench.clock.now() }, [], null);
}

describe('what a waiting signal amounts to', () => {
  it('is said as in the ticket, and a usual one asks nothing', () => {
    const usual = figures({ lot: 0.01, sl: 500, tp: 1000 });
    expect(usual?.text).toMatch(/^At risk 5\.00 USD \S+ % · Reward 10\.00 USD/);
    expect(isDoubtful(usual)).toBe(false);
  });

  it('is asked about with a large risk, without a stop, or with one in a mistaken unit', () => {
    expect(figures({ lot: 10, sl: 500, tp: 0 })?.doubts.isHeavy).toBe(true);
    expect(figures({ lot: 0.01, sl: 0, tp: 0 })?.doubts.risk).toContain('No stop loss');
    expect(figures({ lot: 0.01, sl: 2335, tp: 0 })?.doubts.stops).toHaveLength(1);
  });

  it('is asked about where its risk can not be computed', () => {
    const unknown = figures({ lot: 1, sl: 500, tp: 0 }, { currency: null });
    expect(unknown?.doubts.risk).toContain('is not known');
    expect(isDoubtful(unknown)).toBe(true);
  });
});
