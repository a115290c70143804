import type { ReactElement } from 'react';
import { formatDateTime, formatDay, formatExactTime, formatTime, timeFormat } from '../format.ts';
import { useAppState, useBridge, useNow } from '../store/hooks.ts';

const atBroker = timeFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC' });

/** A time in full, and by the broker's clock where it is known. @param offsetMs the broker's time minus UTC */
function fullTime(at: number, offsetMs: number | null): string {
  if (offsetMs === null) return formatDateTime(at);
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const parts = [Math.floor(minutes / 60), ...(minutes % 60 === 0 ? [] : [minutes % 60])].map((part, index) =>
    String(part).padStart(index === 0 ? 1 : 2, '0'),
  );
  const zone = minutes === 0 ? 'UTC' : `UTC${offsetMs > 0 ? '+' : '−'}${parts.join(':')}`;
  return `${formatDateTime(at)} · by the broker's clock ${atBroker.format(at + offsetMs)} (${zone})`;
}

/** Words of a full time on a bridge. @param bridge left out: the bridge on screen */
export function useFullTime(bridge?: string): (at: number) => string {
  const shown = useBridge()?.id;
  const id = bridge ?? shown;
  const offset =
    useAppState(({ bridges }) => bridges.find((each) => each.id === id)?.account.brokerOffsetMs ?? null) ?? null;
  return (at) => fullTime(at, offset);
}

/** Time, below its day where that isn't today; in full on hover. @property exact to the millisecond */
export function Time({ at, bridge, exact = false }: { at: number; bridge?: string; exact?: boolean }): ReactElement {
  const words = useFullTime(bridge);
  const today = formatDay(useNow());
  const day = formatDay(at);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={words(at)}
      className={day === today ? '' : 'block leading-[0.875rem]'}
    >
      {day !== today && <span className="block text-muted">{day} </span>}
      {exact ? formatExactTime(at) : formatTime(at)}
    </time>
  );
}
