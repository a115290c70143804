import type { ReactElement } from 'react';
import { formatNumber } from '../../../format.ts';

/**
 * Distance of the stop loss, red on the left, and of the take profit, green on the right. Its place is kept without
 * them.
 * @param risk
 * @param reward in points; null: no stop, or not known
 */
export function RiskRewardBar({ risk, reward }: { risk: number | null; reward: number | null }): ReactElement {
  if (risk === null || reward === null || risk <= 0 || reward <= 0) {
    return <p className="flex h-4 items-center justify-center text-xs text-muted">Risk : reward –</p>;
  }
  const ratio = `1 : ${formatNumber(reward / risk, 1)}`;
  // Keeps both parts visible.
  const share = Math.min(92, Math.max(8, (100 * risk) / (risk + reward)));
  return (
    <div className="flex h-4 items-center gap-2">
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1.5 min-w-0 flex-1" aria-hidden="true">
        <rect width={share - 0.5} height="6" className="fill-down" />
        <rect x={share + 0.5} width={99.5 - share} height="6" className="fill-live" />
      </svg>
      <span className="figures shrink-0 text-xs font-medium" title="Risk to reward, by the distances of the stops">
        <span className="sr-only">Risk to reward </span>
        {ratio}
      </span>
    </div>
  );
}
