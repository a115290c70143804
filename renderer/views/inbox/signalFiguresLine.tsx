import type { ReactElement } from 'react';
import type { SignalFigures } from './signalFigures.ts';

/** What a signal amounts to, as the ticket says it. */
export function SignalFiguresLine({ figures }: { figures: SignalFigures | null }): ReactElement {
  const said = figures === null ? '' : wordsOf(figures);
  return (
    <p title={said} role="note" aria-label="What it amounts to" className="figures min-h-4 text-xs">
      {said}
    </p>
  );
}

function wordsOf({ text, doubts: { risk }, gap }: SignalFigures): string {
  const missing = gap === null || risk?.includes(gap) === true ? '' : `${gap}.`;
  return [text, missing].filter((part) => part !== '').join(' · ');
}
