import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { PopoverPanel } from '../../ui/popoverPanel.tsx';

/** Known kinds of frames: one can be hidden before it comes. */
const knownKinds = [
  'ack',
  'candle_batch',
  'command',
  'config',
  'error',
  'heartbeat',
  'ping',
  'pong',
  'signal',
  'status',
  'status_report',
  'telemetry',
  'tick',
  'trade_result',
  'unreadable',
];

/** The choice of listed kinds of frames. */
export function KindFilter({
  kinds,
  hidden,
  onChange,
}: {
  /** Kinds that have come. */
  kinds: readonly string[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}): ReactElement {
  const all = [...new Set([...knownKinds, ...kinds])].sort();
  const shown = all.filter((kind) => !hidden.has(kind));
  const [only] = shown;
  const summary =
    hidden.size === 0
      ? 'All kinds'
      : shown.length === 1 && only !== undefined
        ? only
        : `${String(shown.length)} of ${String(all.length)} kinds`;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`Kinds: ${summary}`}
        className="inline-flex h-7 shrink-0 items-center gap-1 rounded-[6px] border border-line bg-raised px-2 text-xs hover:border-strong-line"
      >
        {summary}
        <ChevronDown className="size-3.5 text-muted" aria-hidden="true" />
      </Popover.Trigger>
      <PopoverPanel name="Kinds" className="w-80">
        <div className="mb-2 flex gap-2">
          <Button
            onClick={() => {
              onChange(new Set());
            }}
          >
            All
          </Button>
          <Button
            onClick={() => {
              onChange(new Set(all));
            }}
          >
            None
          </Button>
        </div>
        <div className="grid grid-cols-2 gap-x-3">
          {all.map((kind) => (
            <label key={kind} className="flex min-h-7 items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={!hidden.has(kind)}
                onChange={() => {
                  onChange(
                    hidden.has(kind)
                      ? new Set([...hidden].filter((each) => each !== kind))
                      : new Set([...hidden, kind]),
                  );
                }}
                className="size-4 shrink-0 accent-[var(--buy)]"
              />
              <span className="truncate" title={kind}>
                {kind}
              </span>
            </label>
          ))}
        </div>
      </PopoverPanel>
    </Popover.Root>
  );
}
