import type { ReactElement } from 'react';
import type { SignalFigures } from './signalFigures.ts';

/** What a signal amounts to, as the ticket says it: red where it risks much or has no stop. */
export function SignalFiguresLine({ figures }: { figures: SignalFigures | null }): ReactElement {
  const { text, isHeavy, hasNoStop, gap } = figures ?? { text: '', isHeavy: false, hasNoStop: false, gap: null };
  const danger = hasNoStop ? 'No stop loss: nothing bounds the loss. ' : '';
  const missing = gap === null ? '' : `${text === '' && danger === '' ? '' : ' · '}${gap}.`;
  const said = `${danger}${text}${missing}`;
  return (
    <p
      title={said}
      aria-label="What it amounts to"
      className={`figures h-4 truncate text-xs ${isHeavy || hasNoStop ? 'font-medium text-down' : ''}`}
    >
      {said}
    </p>
  );
}
