import { Search, X } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import type { OrderMatch, OrdersPage } from '../../../src/api/queries/orderQuery.ts';
import { noFilter, orderFilter, useOrderFilter } from '../../store/orderFilter.ts';
import { DayRange } from '../../shared/dayRange.tsx';
import { stateColours, stateIcons } from '../../shared/stateLook.tsx';
import { NameChoice } from '../../ui/nameChoice.tsx';
import { shownStates, type ShownState } from '../../../src/domain/orders/order.ts';

const typingMs = 200;

/** The filters of executions, in one line. */
export function ExecutionFilters({
  choices,
  today,
}: {
  choices: NonNullable<OrdersPage['choices']>;
  /** The current trading day. */
  today: string;
}): ReactElement {
  const { match, days } = useOrderFilter();
  const narrow = (changes: Partial<OrderMatch>): void => {
    orderFilter.setState({ match: { ...orderFilter.getState().match, ...changes } });
  };
  return (
    <>
      <TextFilter
        value={match.text}
        onChange={(text) => {
          narrow({ text });
        }}
      />
      <ToggleGroup.Root
        type="multiple"
        aria-label="States"
        value={match.states}
        onValueChange={(values) => {
          narrow({ states: shownStates.filter((state) => values.includes(state)) });
        }}
        className="flex shrink-0 gap-0.5"
      >
        {shownStates.map((state) => (
          <StateToggle key={state} state={state} />
        ))}
      </ToggleGroup.Root>
      <NameChoice
        label="Symbol"
        all="Symbol"
        names={choices.symbols}
        value={match.symbol}
        onChange={(symbol) => {
          narrow({ symbol });
        }}
      />
      <NameChoice
        label="Source"
        all="Source"
        names={choices.sources}
        value={match.source}
        onChange={(source) => {
          narrow({ source });
        }}
      />
      <DayRange
        value={days}
        today={today}
        onChange={(chosen) => {
          orderFilter.setState({ days: chosen });
        }}
      />
    </>
  );
}

/** Clears the filters. Always in place, so that nothing moves when it becomes usable. */
export function ClearFilter({ disabled }: { disabled: boolean }): ReactElement {
  return (
    <button
      type="button"
      disabled={disabled}
      title="Show all orders again"
      onClick={() => {
        orderFilter.setState(noFilter);
      }}
      className="h-7 shrink-0 rounded-[6px] px-1 text-xs font-medium text-muted @min-[46rem]:px-2 enabled:hover:bg-raised enabled:hover:text-text disabled:invisible"
    >
      Clear
    </button>
  );
}

/** A state's toggle, as an icon alone in narrow windows. */
function StateToggle({ state }: { state: ShownState }): ReactElement {
  const Icon = stateIcons[state];
  return (
    <ToggleGroup.Item
      value={state}
      aria-label={state}
      title={`Show ${state} orders`}
      className="inline-flex h-7 min-w-7 items-center justify-center gap-1 rounded-[6px] border border-transparent px-1.5 text-xs text-muted hover:bg-raised hover:text-text data-[state=on]:border-focus data-[state=on]:bg-raised data-[state=on]:font-semibold data-[state=on]:text-text"
    >
      <Icon className={`size-3.5 shrink-0 ${stateColours[state]}`} aria-hidden="true" />
      <span className="hidden @min-[66rem]:inline">{state}</span>
    </ToggleGroup.Item>
  );
}

/** A text filter, applied once the typing rests. */
function TextFilter({ value, onChange }: { value: string; onChange: (text: string) => void }): ReactElement {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    // The filter was cleared elsewhere.
    setShown(value);
    if (typed.trim() !== value) setTyped(value);
  }
  const rested = useEffectEvent(() => {
    if (typed.trim() !== value) onChange(typed.trim());
  });
  useEffect(() => {
    const timer = setTimeout(rested, typingMs);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  return (
    <div className="relative max-w-56 min-w-24 flex-1">
      <Search
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-muted"
        aria-hidden="true"
      />
      <input
        type="text"
        aria-label="Signal ID or ticket"
        placeholder="ID or ticket"
        value={typed}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setTyped(target.value);
        }}
        className="h-7 w-full min-w-0 rounded-[6px] border border-line bg-raised pr-6 pl-7 text-xs hover:border-strong-line"
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label="Clear the text"
          onClick={() => {
            setTyped('');
            onChange('');
          }}
          className="absolute top-1/2 right-0.5 inline-flex size-6 -translate-y-1/2 items-center justify-center rounded-[4px] text-muted hover:text-text"
        >
          <X className="size-3.5" aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
