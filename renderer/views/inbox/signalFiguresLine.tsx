import type { ReactElement } from 'react';
import { isDoubtful, type SignalFigures } from './signalFigures.ts';

/** What a signal amounts to, as the ticket says it: red where there is something to know first. */
export function SignalFiguresLine({ figures }: { figures: SignalFigures | null }): ReactElement {
  const said = figures === null ? '' : wordsOf(figures);
  return (
    <p
      title={said}
      role="note"
      aria-label="What it amounts to"
      className={`figures h-4 truncate text-xs ${isDoubtful(figures) ? 'font-medium text-down' : ''}`}
    >
      {said}
    </p>
  );
}

function wordsOf({ text, doubts: { risk, stops }, gap }: SignalFigures): string {
  const missing = gap === null || risk?.includes(gap) === true ? '' : `${gap}.`;
  return [...stops.map((doubt) => doubt.text), risk ?? '', text, missing].filter((part) => part !== '').join(' · ');
}
