import type { AccountState } from '../../../src/api/state/accountState.ts';
import { lastValue, type ChartPoint, type ChartPoints, type Figure } from './chartPoints.ts';

/** A curve is drawn at most this long after the account's figures came, ms. */
const drawnWithinMs = 5_000;

/**
 * Values of a chart while nobody points at one: those of the account where the curve goes on to now, so that chart and head of
 * the window say the same; else the curve's last ones.
 */
export function legendValue(
  key: Figure,
  { points }: Pick<ChartPoints, 'points'>,
  account: AccountState,
): number | null {
  return endsNow(points, account) ? (nowOf(key, account) ?? lastValue(points, key)) : lastValue(points, key);
}

/** Time of the curve's last values; null: they are the account's of now, or there are none. */
export function legendTime({ points }: Pick<ChartPoints, 'points'>, account: AccountState): number | null {
  const at = lastAt(points);
  return at === null || endsNow(points, account) ? null : at;
}

function nowOf(key: Figure, { balance, equity, freeMargin, margin, marginLevel, profit }: AccountState): number | null {
  const figures: Partial<Record<Figure, number | null>> = { balance, equity, freeMargin, margin, marginLevel, profit };
  return figures[key] ?? null;
}

function endsNow(points: readonly ChartPoint[], { at }: AccountState): boolean {
  const last = lastAt(points);
  return at !== null && last !== null && at - last < drawnWithinMs;
}

function lastAt(points: readonly ChartPoint[]): number | null {
  return points.findLast(({ equity }) => equity !== null)?.at ?? null;
}
