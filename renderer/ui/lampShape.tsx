import type { ReactElement } from 'react';
import type { ChannelState } from '../../src/api/state/state.ts';

/** A shape for each state, so that colour never stands alone: ring, ring, disc, half disc, cross. */
export function LampShape({ state }: { state: ChannelState }): ReactElement {
  return (
    <svg viewBox="0 0 12 12" className="block size-3" aria-hidden="true">
      {state === 'down' ? (
        <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      ) : (
        <>
          <circle
            cx="6"
            cy="6"
            r="5"
            fill={state === 'live' ? 'currentColor' : 'none'}
            stroke="currentColor"
            strokeWidth="1.5"
          />
          {state === 'quiet' && <path d="M6 1a5 5 0 0 1 0 10z" fill="currentColor" />}
          {state === 'connected' && <circle cx="6" cy="6" r="1.8" fill="currentColor" />}
        </>
      )}
    </svg>
  );
}
