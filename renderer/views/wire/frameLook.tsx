import { ArrowDownLeft, ArrowUpRight } from 'lucide-react';
import type { ReactElement } from 'react';
import type { WireFrame } from '../../../src/api/state/wireFrames.ts';

export function Way({ direction }: { direction: WireFrame['direction'] }): ReactElement {
  const Icon = direction === 'in' ? ArrowDownLeft : ArrowUpRight;
  return (
    <span className="inline-flex items-center gap-1">
      <Icon
        className={`size-3.5 shrink-0 ${direction === 'in' ? 'text-muted' : 'text-[var(--sent)]'}`}
        aria-hidden="true"
      />
      {direction}
    </span>
  );
}

/** A frame's kind and its one-word content. */
export function ReadAs({ frame: { kind, note, history } }: { frame: WireFrame }): ReactElement {
  return (
    <>
      <span className={`font-medium ${kind === 'unreadable' ? 'text-quiet' : ''}`}>{kind}</span>
      {history && <span className="text-muted"> history</span>}
      {note !== null && <span className="text-muted"> {note}</span>}
    </>
  );
}

/** Details that a row has no room for. */
export function readAsTitle({ kind, note, history }: WireFrame): string {
  return [kind, ...(history ? ['from before this connection'] : []), ...(note === null ? [] : [note])].join(', ');
}
