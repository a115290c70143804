import { CalendarDays } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { dayNames, type DayName } from '../../src/domain/namedDays.ts';
import { formatShortTradingDay } from '../format.ts';
import { anyDay, daysOf, type DayFilter, type Days } from '../store/orderFilter.ts';
import { PopoverPanel } from '../ui/popoverPanel.tsx';

const names: Record<DayName, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  week: 'This week',
  month: 'This month',
  year: 'This year',
  lastYear: 'Last year',
};

/** Choice of trading days: by name, or from one date to another. @param today the current trading day */
export function DayRange({
  value,
  today,
  onChange,
}: {
  value: DayFilter;
  today: string;
  onChange: (days: DayFilter) => void;
}): ReactElement {
  const days = daysOf(value, today);
  const { from, to } = days;
  const set = from !== null || to !== null;
  const wrong = from !== null && to !== null && from > to;
  return (
    <Popover.Root>
      <Popover.Trigger
        title="Days"
        className={`figures inline-flex h-7 shrink-0 items-center gap-1.5 rounded-[6px] border px-2 text-xs whitespace-nowrap hover:border-strong-line ${wrong ? 'border-down' : set ? 'border-focus bg-raised font-medium' : 'border-line bg-raised'}`}
      >
        <CalendarDays className="size-3.5" aria-hidden="true" />
        {typeof value === 'string' ? names[value] : set ? dateWords(days) : 'Any day'}
      </Popover.Trigger>
      <PopoverPanel name="Trading days" className="flex flex-col gap-3 text-sm">
        <div role="group" aria-label="Days by name" className="grid grid-cols-3 gap-1">
          {dayNames.map((name) => (
            <NamedDays
              key={name}
              pressed={value === name}
              onPress={() => {
                onChange(value === name ? anyDay : name);
              }}
            >
              {names[name]}
            </NamedDays>
          ))}
        </div>
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
        <p aria-live="polite" className={`max-w-60 text-xs ${wrong ? 'text-down' : 'text-muted'}`}>
          {wrong
            ? 'The first day is after the last one.'
            : "Trading days by the bridge's setting, both included. A week begins on Sunday, as the market does."}
        </p>
      </PopoverPanel>
    </Popover.Root>
  );
}

function NamedDays({
  pressed,
  onPress,
  children,
}: {
  pressed: boolean;
  onPress: () => void;
  children: string;
}): ReactElement {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={`h-7 flex-1 rounded-[6px] border px-2 text-xs whitespace-nowrap hover:border-strong-line ${pressed ? 'border-focus bg-raised font-semibold' : 'border-line'}`}
    >
      {children}
    </button>
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
function dateWords({ from, to }: Days): string {
  const words = (day: string | null): string => (day === null ? '' : formatShortTradingDay(day));
  return from === to ? words(from) : `${words(from)} – ${words(to)}`.trim();
}
