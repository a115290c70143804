import { CalendarDays } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { PopoverPanel } from '../../ui/popoverPanel.tsx';

/** Trading days, both included; null: open. */
export function DayRange({
  from,
  to,
  onChange,
}: {
  from: string | null;
  to: string | null;
  onChange: (range: { from: string | null; to: string | null }) => void;
}): ReactElement {
  const set = from !== null || to !== null;
  const wrong = from !== null && to !== null && from > to;
  return (
    <Popover.Root>
      <Popover.Trigger
        title="Days"
        className={`figures inline-flex h-7 shrink-0 items-center gap-1.5 rounded-[6px] border px-2 text-xs whitespace-nowrap hover:border-strong-line ${wrong ? 'border-down' : set ? 'border-focus bg-raised font-medium' : 'border-line bg-raised'}`}
      >
        <CalendarDays className="size-3.5" aria-hidden="true" />
        {set ? shortWords(from, to) : 'Any day'}
      </Popover.Trigger>
      <PopoverPanel name="Trading days" className="flex flex-col gap-3 text-sm">
        <Day
          label="From"
          value={from}
          onChange={(day) => {
            onChange({ from: day, to });
          }}
        />
        <Day
          label="To"
          value={to}
          onChange={(day) => {
            onChange({ from, to: day });
          }}
        />
        <p aria-live="polite" className={`max-w-56 text-xs ${wrong ? 'text-down' : 'text-muted'}`}>
          {wrong ? 'The first day is after the last one.' : "Trading days by the bridge's setting, both included."}
        </p>
      </PopoverPanel>
    </Popover.Root>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}): ReactElement {
  return (
    <label className="flex items-center justify-between gap-3">
      {label}
      <input
        type="date"
        value={value ?? ''}
        onChange={({ target }) => {
          onChange(target.value === '' ? null : target.value);
        }}
        className="figures h-8 rounded-[6px] border bg-raised px-2"
      />
    </label>
  );
}

/** Dates without the year, which is in the fields. */
function shortWords(from: string | null, to: string | null): string {
  if (from !== null && from === to) return from.slice(5);
  return `${from === null ? '' : from.slice(5)}–${to === null ? '' : to.slice(5)}`;
}
