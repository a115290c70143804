import { describe, expect, it } from 'vitest';
import type { WaitingSignal } from '../../src/api/state/engines.ts';
import { nextRows, type InboxRow } from '../../renderer/views/inbox/inboxRows.ts';
import { blockOfSignal, countdown, endWords, isAwayStop, plannedWords } from '../../renderer/views/inbox/inboxWords.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { anOrder } from './anOrder.ts';

const signal = (number: number, changes: Partial<WaitingSignal> = {}): WaitingSignal => ({
  number,
  source: 'engine VENOM',
  bridge: 'main',
  signalId: `VENOM_${String(number)}`,
  longId: null,
  action: 'buy',
  change: null,
  symbol: 'XAUUSD',
  asked: 'buy XAUUSD, lot 0.1, sl 20, tp 40',
  planned: { lot: 0.1, sl: 20, tp: 0, account: null, stopUnit: 'points', price: null },
  problem: null,
  obstacle: null,
  refused: null,
  note: null,
  at: 0,
  expiresAt: 60_000,
  ...changes,
});
const one = signal(1);
const two = signal(2);
const both: InboxRow[] = [
  { signal: one, endedAt: null },
  { signal: two, endedAt: null },
];

describe('rows of the inbox', () => {
  it('come last when they are new', () => {
    expect(nextRows([{ signal: two, endedAt: null }], [one, two], 0, false).map((row) => row.signal.number)).toEqual([
      2, 1,
    ]);
  });

  it('are the same ones when nothing has changed', () => {
    expect(nextRows(both, [one, two], 5, false)).toBe(both);
  });

  it('keep their place for a while after they have ended, and as long as the mouse is among them', () => {
    const ended = nextRows(both, [two], 1_000, false);
    expect(ended).toMatchObject([{ endedAt: 1_000 }, { endedAt: null }]);
    expect(nextRows(ended, [two], 6_999, false)).toBe(ended);
    expect(nextRows(ended, [two], 60_000, true)).toBe(ended);
    expect(nextRows(ended, [two], 7_000, false)).toEqual([{ signal: two, endedAt: null }]);
  });
});

describe('what the inbox says', () => {
  it('is what would be sent, with the unit of its stops', () => {
    expect(plannedWords(one, 'points')).toBe('0.10 lots · SL 20 points · TP none');
    const planned = {
      lot: 0.1,
      sl: 20,
      tp: 0,
      stopUnit: 'points',
      account: null,
      price: { bid: 2341.25, ask: 2341.5 },
    } as const;
    expect(plannedWords(signal(1, { planned }), 'points')).toContain(' · now 2341.50');
    expect(plannedWords(signal(1, { planned: null }), 'points')).toContain('Nothing can be sent');
    const before = { symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2335, sl: 2320, tp: 0 } as const;
    const part = { action: 'close_position', position: '11', lot: 0.05, before } as const;
    const change = signal(1, { action: 'close_position', change: part, planned: null });
    expect(plannedWords(change, 'points')).toBe(
      'Close 0.05 lots of position 11 · buy 0.10 XAUUSD at 2335, SL 2320, TP none',
    );
    expect(blockOfSignal(change, { word: 'disarmed', reason: 'R.', nextStep: '', isOrder: false })).toBeNull();
    expect(isAwayStop(change)).toBe(false);
    expect(isAwayStop({ ...change, problem: 'It would move away.' })).toBe(true);
    expect(plannedWords(signal(1, { action: 'close' }), 'points')).toBe('Closes every position in XAUUSD');
  });

  it('counts down in minutes and seconds', () => {
    expect([countdown(65_000), countdown(47_100), countdown(-5)]).toEqual(['1:05', '0:48', '0:00']);
  });

  it('is what became of it in the end', () => {
    expect(endWords(anOrder()).word).toBe('filled');
    const expired = { ...refusals.killSwitch(), code: 'expired', reason: 'Nobody fired it.' } as const;
    expect(endWords(anOrder({ state: 'refused', refusal: expired }))).toMatchObject({
      word: 'expired',
      text: 'Nobody fired it.',
    });
    expect(endWords(null).word).toBe('gone');
  });
});
