import { useState, type KeyboardEvent, type ReactElement } from 'react';
import type { ConnectionHistory, LinkSpan, LinkState } from '../../../src/api/state/connectionHistory.ts';
import { channelNames } from '../../../src/api/state/state.ts';
import { formatMinute } from '../../format.ts';
import { channelLabels } from '../../shared/channels.tsx';
import { drawnFrom, linkWords, reconnectsOf, spanText } from './historyWords.ts';

/** Colour and height of each state, in % of the band: the height shows it without colour. */
const looks: Record<LinkState, { colour: string; height: number }> = {
  up: { colour: 'text-live', height: 100 },
  quiet: { colour: 'text-quiet', height: 66 },
  down: { colour: 'text-down', height: 33 },
  waiting: { colour: 'text-idle', height: 33 },
  off: { colour: 'text-line', height: 12 },
};

/** Each channel's connection over the day. */
export function HistoryBands({ history: whole }: { history: ConnectionHistory | null }): ReactElement {
  const history = whole === null ? null : { ...whole, from: drawnFrom(whole) };
  return (
    <section aria-label="Connection history">
      <h3 className="mb-2 text-sm font-semibold">Connections over the day</h3>
      {history === null ? (
        <p className="text-sm text-muted">Reading the journal…</p>
      ) : (
        <>
          <div className="flex flex-col gap-3">
            {channelNames.map((name) => (
              <Band key={name} name={channelLabels[name]} spans={history.channels[name]} history={history} />
            ))}
          </div>
          <Axis history={history} />
          <Legend />
        </>
      )}
    </section>
  );
}

function Band({
  name,
  spans,
  history: { from, to },
}: {
  name: string;
  spans: readonly LinkSpan[];
  history: ConnectionHistory;
}): ReactElement {
  const [chosen, setChosen] = useState<number | null>(null);
  const last = spans.length - 1;
  const shown = spans[Math.min(chosen ?? last, last)];
  const reconnects = reconnectsOf(spans);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setChosen(Math.min(Math.max((chosen ?? last) + step, 0), last));
  };
  const percent = (at: number): number => ((at - from) / (to - from)) * 100;
  return (
    <div>
      <div className="flex justify-between gap-3 text-xs">
        <span className="font-medium">{name}</span>
        <span aria-live="polite" className="figures truncate text-muted">
          {shown === undefined ? 'Nothing is recorded yet.' : spanText(shown)}
        </span>
        <span className="figures shrink-0">
          {reconnects === 1 ? '1 reconnect' : `${String(reconnects)} reconnects`}
        </span>
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${name}, stretch of time`}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={Math.max(Math.min(chosen ?? last, last), 0)}
        aria-valuetext={shown === undefined ? 'Nothing is recorded yet.' : spanText(shown)}
        onKeyDown={move}
        onPointerLeave={() => {
          setChosen(null);
        }}
        className="mt-1 h-6 rounded-[4px] bg-raised"
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className="block size-full" aria-hidden="true">
          {spans.map((span, index) => {
            const { colour, height } = looks[span.state];
            const x = percent(span.from);
            return (
              <rect
                key={span.from}
                x={x}
                y={100 - height}
                width={Math.max(percent(span.to) - x, 0.15)}
                height={height}
                fill="currentColor"
                className={`${colour} ${index === chosen ? '' : 'opacity-75'}`}
                onPointerEnter={() => {
                  setChosen(index);
                }}
              />
            );
          })}
        </svg>
      </div>
      <ul aria-label={`${name} over the day`} className="sr-only">
        {spans.map((span) => (
          <li key={span.from}>{spanText(span)}</li>
        ))}
      </ul>
    </div>
  );
}

function Axis({ history: { from, to } }: { history: ConnectionHistory }): ReactElement {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return (
    <div aria-hidden="true" className="figures mt-1 flex justify-between text-xs text-muted">
      {ticks.map((part) => (
        <span key={part}>{part === 1 ? 'now' : formatMinute(from + part * (to - from))}</span>
      ))}
    </div>
  );
}

function Legend(): ReactElement {
  return (
    <ul aria-label="Meaning of the bands" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {(Object.keys(looks) as LinkState[]).map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg viewBox="0 0 10 10" className={`size-2.5 ${looks[state].colour}`} aria-hidden="true">
            <rect
              x="0"
              y={10 - looks[state].height / 10}
              width="10"
              height={looks[state].height / 10}
              fill="currentColor"
            />
          </svg>
          {linkWords[state]}
        </li>
      ))}
    </ul>
  );
}
