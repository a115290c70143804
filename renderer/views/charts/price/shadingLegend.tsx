import type { ReactElement } from 'react';
import type { Bar } from '../../../../src/domain/market/bar.ts';
import { useNow } from '../../../store/hooks.ts';
import type { ShownBars } from './barFeed.ts';
import { sessionsAt } from './sessions.ts';

/** What is shaded and dimmed in the chart, with the centres open now or at the bar under the pointer. */
export function ShadingLegend({ bars, bar }: { bars: ShownBars; bar: Bar | null }): ReactElement {
  const now = useNow();
  const { offsetMs, refused } = bars;
  const at = bar === null ? now : bar.start - (offsetMs ?? 0);
  const open = sessionsAt(at).join(' + ');
  const formed = bars.bars.some((each) => each.formed);
  return (
    <p className="flex min-w-0 flex-1 items-center gap-x-3 overflow-hidden text-[0.6875rem] leading-4 whitespace-nowrap text-muted">
      <span className="truncate">
        {offsetMs === null ? 'Times are the broker’s' : `Shaded: open centres (${open === '' ? 'none' : open})`}
        {formed && ' · dim: from ticks'}
      </span>
      {refused !== null && (
        <span title={refused.reason} className="text-quiet">
          {refused.count === 1 ? '1 bar refused' : `${String(refused.count)} bars refused`}
        </span>
      )}
    </p>
  );
}
