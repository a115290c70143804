import { useState, type ReactElement } from 'react';
import type { WaitingSignal } from '../../../src/api/state/engines.ts';
import { formatNumber } from '../../format.ts';
import { useAppState, useNow } from '../../store/hooks.ts';
import { nextRows, type InboxRow } from './inboxRows.ts';
import { SignalRow } from './signalRow.tsx';

const nothing: readonly WaitingSignal[] = [];

/** Waiting signals, oldest first. Rows keep their places, and whole ones alone are seen: none can be fired half read. */
export function Inbox(): ReactElement | null {
  const waiting = useAppState((app) => app.waiting) ?? nothing;
  const now = useNow();
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const [rows, setRows] = useState<readonly InboxRow[]>([]);
  const next = nextRows(rows, waiting, now, pointed || focused);
  if (next !== rows) setRows(next);
  if (next.length === 0) {
    if (pointed) setPointed(false);
    if (focused) setFocused(false);
    return null;
  }
  return (
    <section
      aria-label="Signals that wait"
      className="@container flex shrink-0 flex-col border-t border-strong-line bg-panel"
      onPointerEnter={() => {
        setPointed(true);
      }}
      onPointerLeave={() => {
        setPointed(false);
      }}
      onFocus={({ target }) => {
        setFocused(target.matches(':focus-visible'));
      }}
      onBlur={() => {
        setFocused(false);
      }}
    >
      <h2 className="flex h-7 shrink-0 items-center gap-2 border-b border-line px-3 text-sm">
        <span role="status" className="figures font-semibold">
          {waiting.length === 1 ? '1 signal waits' : `${formatNumber(waiting.length, 0)} signals wait`} for you
        </span>
        <span className="truncate text-xs text-muted">
          “Fire” sends a usual one at once and asks about one in red. What is not fired expires.
        </span>
      </h2>
      <ul
        aria-label="Waiting signals"
        className="h-[var(--row)] snap-y snap-mandatory overflow-y-auto [--row:10rem] [@media(min-height:56rem)]:h-[calc(2*var(--row))] @min-[40rem]:[--row:6.75rem]"
      >
        {next.map(({ signal, endedAt }, place) => (
          <SignalRow key={signal.number} signal={signal} ended={endedAt !== null} place={place} />
        ))}
      </ul>
    </section>
  );
}
