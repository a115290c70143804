import { describe, expect, it } from 'vitest';
import { defaultEngineSettings, type EngineState } from '../../src/api/state/engines.ts';
import { EnginesNews } from '../../src/controller/signals/engineUpdates.ts';

const venom = (changes: Partial<EngineState> = {}): EngineState => ({
  ...defaultEngineSettings,
  name: 'VENOM',
  addedAt: 0,
  halted: null,
  lastSignal: null,
  counts: { signals: 0, filled: 0, rejected: 0, refused: 0, unknown: 0 },
  fillRate: null,
  tradesToday: 0,
  ordersLastMinute: 0,
  failuresInARow: 0,
  ...changes,
});

describe('what is told of engines', () => {
  it('is told once after a change, and again when an order leaves the last minute', () => {
    const news = new EnginesNews();
    expect(news.changes(() => [venom()])).toHaveLength(1);
    expect(news.changes(() => [venom()])).toBeNull();
    news.change();
    expect(news.changes(() => [venom({ ordersLastMinute: 1, tradesToday: 1 })])).toHaveLength(1);
    expect(news.changes(() => [venom({ ordersLastMinute: 1, tradesToday: 1 })])).toBeNull();
    expect(news.changes(() => [venom({ tradesToday: 1 })])).toMatchObject([{ ordersLastMinute: 0 }]);
    expect(news.changes(() => [venom()])).toMatchObject([{ tradesToday: 0 }]);
    expect(news.changes(() => [venom()])).toBeNull();
  });
});
