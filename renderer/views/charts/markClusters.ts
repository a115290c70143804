import type { OrderMark } from '../../../src/api/queries/history.ts';
import { formatDateTime, formatNumber } from '../../format.ts';
import { formatSpan } from './timeWords.ts';

/** Up to so many marks are drawn one by one, even where they overlap. */
const fewMarks = 30;
/** Width of a cluster with its count, px. */
const clusterPx = 22;

/** Fills that are drawn as one, oldest first. */
export interface MarkCluster {
  marks: readonly OrderMark[];
  /** Middle of its time. */
  at: number;
  /** Number of fills; a mark can stand for several. */
  count: number;
}

/**
 * Joins marks that would lie on each other, where there are many of them.
 * @param marks oldest first
 * @param pxOf a moment's place, px
 */
export function clusterMarks(marks: readonly OrderMark[], pxOf: (at: number) => number): MarkCluster[] {
  if (marks.length <= fewMarks) return marks.map((mark) => clusterOf([mark]));
  const groups: OrderMark[][] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    const first = last?.[0];
    if (last !== undefined && first !== undefined && pxOf(mark.at) - pxOf(first.at) < clusterPx) last.push(mark);
    else groups.push([mark]);
  }
  return groups.map(clusterOf);
}

function clusterOf(marks: readonly OrderMark[]): MarkCluster {
  const [from, to] = [marks[0]?.at ?? 0, marks.at(-1)?.at ?? 0];
  return { marks, at: (from + to) / 2, count: marks.reduce((sum, { count }) => sum + count, 0) };
}

const names = { buy: ['buy', 'buys'], sell: ['sell', 'sells'], close: ['close', 'closes'] } as const;

/** "12 fills, 10:40 – 10:52: 8 buys, 3 sells, 1 close". */
export function clusterWords({ marks, count }: MarkCluster): string {
  const kinds = (['buy', 'sell', 'close'] as const).flatMap((kind) => {
    const of = marks.filter((mark) => mark.kind === kind).reduce((sum, mark) => sum + mark.count, 0);
    return of === 0 ? [] : [`${formatNumber(of, 0)} ${names[kind][of === 1 ? 0 : 1]}`];
  });
  const [from, to] = [marks[0]?.at ?? 0, marks.at(-1)?.at ?? 0];
  const when = from === to ? formatDateTime(from) : formatSpan({ from, to });
  return `${formatNumber(count, 0)} fills, ${when}: ${kinds.join(', ')}. Press to see them apart.`;
}
