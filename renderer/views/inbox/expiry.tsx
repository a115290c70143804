import type { ReactElement } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import { useNow } from '../../store/hooks.ts';
import { countdown } from './inboxWords.ts';

/** Remaining time that counts as urgent, ms. */
const urgentMs = 10_000;

/** Remaining waiting time of a signal, as text and as a bar. */
export function Expiry({ signal: { at, expiresAt } }: { signal: WaitingSignal }): ReactElement {
  const left = Math.max(0, expiresAt - useNow());
  const share = Math.min(1, left / Math.max(1, expiresAt - at));
  const urgent = left < urgentMs;
  return (
    <div className={urgent ? 'text-quiet' : 'text-text'}>
      <p role="timer" className="figures text-sm font-medium whitespace-nowrap">
        {urgent ? 'only ' : ''}
        {countdown(left)} left
      </p>
      <div aria-hidden="true" className="mt-0.5 h-1 overflow-hidden rounded-full bg-line">
        <div
          className="h-full rounded-full bg-current motion-safe:transition-[width] motion-safe:duration-1000 motion-safe:ease-linear"
          style={{ width: `${String(share * 100)}%` }}
        />
      </div>
    </div>
  );
}
