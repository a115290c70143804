import type { ReactElement } from 'react';
import { formatExactTime } from '../../format.ts';
import { FrameBytes } from '../../shared/frameBytes.tsx';
import { stateColours } from '../../shared/stateLook.tsx';
import { useFullTime } from '../../shared/time.tsx';
import { timelineSteps, type TimelineStep } from './timelineWords.ts';
import type { ReadTimeline } from './useTimeline.ts';

/** The journal's entries of an order, the oldest first. */
export function Timeline({ entries, failure, bridge }: ReadTimeline & { bridge: string }): ReactElement {
  return (
    <section aria-label="Timeline">
      <h3 className="mb-2 font-semibold">Timeline</h3>
      {failure !== null && <p className="text-sm text-down">{failure}</p>}
      {entries === null
        ? failure === null && <p className="text-sm text-muted">Being read from the journal…</p>
        : timelineSteps(entries).map((step) => <Step key={step.key} step={step} bridge={bridge} />)}
      {entries?.length === 0 && <p className="text-sm text-muted">The journal has nothing of this order.</p>}
    </section>
  );
}

const flagLooks = {
  repeat: { word: 'repeat', class: 'border-quiet text-quiet' },
  contradiction: { word: 'contradiction', class: 'border-down text-down' },
} as const;

function Step({ step, bridge }: { step: TimelineStep; bridge: string }): ReactElement {
  const { at, title, state, details, flag, frame } = step;
  const fullTime = useFullTime(bridge);
  return (
    <div className="grid grid-cols-[92px_1fr] gap-x-3 border-t border-line py-2 text-sm">
      <time dateTime={new Date(at).toISOString()} title={fullTime(at)} className="figures text-muted">
        {formatExactTime(at)}
      </time>
      <div className="min-w-0">
        <p className={`font-medium ${state === null ? '' : stateColours[state]}`}>
          {title}
          {flag !== null && (
            <span
              className={`ml-2 rounded-[4px] border px-1.5 text-xs font-semibold whitespace-nowrap ${flagLooks[flag].class}`}
            >
              {flagLooks[flag].word}
            </span>
          )}
        </p>
        {details.map((detail) => (
          <p key={detail} className="break-words">
            {detail}
          </p>
        ))}
        {frame !== null && <FrameBytes hex={frame} bridge={bridge} />}
      </div>
    </div>
  );
}
