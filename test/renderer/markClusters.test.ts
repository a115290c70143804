import { describe, expect, it } from 'vitest';
import type { OrderMark } from '../../src/api/queries/history.ts';
import { clusterMarks, clusterWords } from '../../renderer/views/charts/markClusters.ts';

const mark = (number: number, at: number, kind: OrderMark['kind'] = 'buy', count = 1): OrderMark => ({
  number,
  at,
  kind,
  count,
  lot: 0.1,
  symbol: 'XAUUSD',
  price: 2341.5,
  signalId: `ID_${String(number)}`,
});
const px = (at: number): number => at;

describe('fills on a chart', () => {
  it('are drawn one by one while they are few', () => {
    const few = Array.from({ length: 30 }, (_, index) => mark(index, index));
    expect(clusterMarks(few, px)).toHaveLength(30);
  });

  it('are joined where many lie on each other, and none is lost', () => {
    const many = Array.from({ length: 200 }, (_, index) => mark(index, index * 3));
    const clusters = clusterMarks(many, px);
    expect(clusters.length).toBeLessThanOrEqual((200 * 3) / 22 + 1);
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(200);
    expect(clusters.flatMap(({ marks }) => marks)).toEqual(many);
    for (const { marks } of clusters) expect((marks.at(-1)?.at ?? 0) - (marks[0]?.at ?? 0)).toBeLessThan(22);
  });

  it('are counted by kind in words', () => {
    const many = [
      mark(0, 0, 'sell'),
      mark(1, 1, 'close', 4),
      ...Array.from({ length: 40 }, (_, index) => mark(index + 2, 2)),
    ];
    const [first] = clusterMarks(many, px);
    expect(first === undefined ? '' : clusterWords(first)).toMatch(/^45 fills, .*: 40 buys, 1 sell, 4 closes\. Press/);
  });
});
