import { Star } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { appStore } from '../../../store/appStore.ts';
import { isComposing } from '../../../ui/composing.ts';
import { Field, inputClass } from '../../../ui/field.tsx';
import { choiceGroups, matching, meant, symbolChoices, type SymbolChoice } from '../form/symbolChoices.ts';

/** Key of the first entry; no symbol contains a blank. */
const first = ' first';

/** Symbol field: free text, or a choice of favourites, recent symbols, and all known ones. */
export function SymbolField({
  bridge,
  quotes,
  value,
  sent,
  error,
  onType,
  onChoose,
  onFavourite,
}: {
  bridge: BridgeState;
  quotes: readonly Quote[];
  value: string;
  /** The symbol at the broker. */
  sent: string;
  error: string | undefined;
  onType: (text: string) => void;
  /** Called with a final symbol: chosen from the list, or typed and left. */
  onChoose: (symbol: string) => void;
  onFavourite: (symbol: string) => void;
}): ReactElement {
  const list = useId();
  /** Null: the list is closed. `wanted`: text typed since it opened; `active`: a symbol, or the first one. */
  const [open, setOpen] = useState<{ wanted: string; active: string | null } | null>(null);
  const [before, setBefore] = useState(value);
  const all = (): SymbolChoice[] => symbolChoices(bridge, quotes, appStore.getState().app?.orders ?? []);
  const choices = open === null ? [] : matching(all(), open.wanted);
  const active =
    open?.active === first ? (choices[0] ?? null) : (choices.find(({ symbol }) => symbol === open?.active) ?? null);
  const favourite = bridge.ticket.favourites.includes(value.trim());

  const choose = (symbol: string): void => {
    setOpen(null);
    setBefore(symbol);
    onChoose(symbol);
  };
  const leave = (): void => {
    setOpen(null);
    const typed = value.trim();
    if (typed === before) return;
    choose(meant(all(), typed)?.symbol ?? typed);
  };
  const move = (by: 1 | -1): void => {
    if (open === null) {
      setOpen({ wanted: '', active: first });
      return;
    }
    const at = active === null ? -1 : choices.indexOf(active);
    const next = choices[Math.min(choices.length - 1, Math.max(0, at + by))];
    setOpen({ ...open, active: next?.symbol ?? null });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, shiftKey } = event;
    if (isComposing(event.nativeEvent)) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') move(key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && shiftKey && open !== null && active !== null) {
      setOpen({ ...open, active: active.symbol });
      onFavourite(active.symbol);
    } else if (key === 'Enter' && active !== null) choose(active.symbol);
    else if (key === 'Enter') leave();
    else if (key === 'Escape' && open !== null) setOpen(null);
    else return;
    event.preventDefault();
  };

  return (
    <Field
      label="Symbol"
      error={error}
      hint={value.trim() === sent ? null : { text: `sent as ${sent}`, warning: false }}
    >
      {({ id, describedBy }) => (
        <div className="relative">
          <input
            id={id}
            type="text"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={open !== null}
            aria-controls={list}
            aria-activedescendant={active === null ? undefined : `${list}-${active.symbol}`}
            aria-invalid={error !== undefined}
            aria-describedby={describedBy}
            value={value}
            autoComplete="off"
            spellCheck={false}
            onFocus={({ target }) => {
              setBefore(target.value.trim());
            }}
            onClick={() => {
              setOpen(open ?? { wanted: '', active: null });
            }}
            onChange={({ target }) => {
              onType(target.value);
              setOpen({ wanted: target.value, active: target.value.trim() === '' ? null : first });
            }}
            onBlur={leave}
            onKeyDown={onKeyDown}
            className={`${inputClass} pr-8 font-medium`}
          />
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            title={favourite ? 'No favourite any more' : 'Make it a favourite (Shift+Enter in the list)'}
            onMouseDown={(event) => {
              event.preventDefault();
            }}
            onClick={() => {
              if (value.trim() !== '') onFavourite(value.trim());
            }}
            className={`absolute inset-y-0 right-0 flex w-8 items-center justify-center hover:text-text ${favourite ? 'text-quiet' : 'text-muted'}`}
          >
            <Star className="size-4" fill={favourite ? 'currentColor' : 'none'} />
          </button>
          {open !== null && choices.length > 0 && (
            <Choices
              id={list}
              choices={choices}
              active={active}
              bridge={bridge}
              onChoose={choose}
              onFavourite={onFavourite}
            />
          )}
        </div>
      )}
    </Field>
  );
}

function Choices({
  id,
  choices,
  active,
  bridge,
  onChoose,
  onFavourite,
}: {
  id: string;
  choices: readonly SymbolChoice[];
  active: SymbolChoice | null;
  bridge: BridgeState;
  onChoose: (symbol: string) => void;
  onFavourite: (symbol: string) => void;
}): ReactElement {
  return (
    <div
      onMouseDown={(event) => {
        // Keeps the focus in the field.
        event.preventDefault();
      }}
      className="absolute top-[calc(100%+2px)] left-0 z-20 w-72 overflow-hidden rounded-[6px] border border-strong-line bg-panel shadow-[var(--shadow)]"
    >
      <div id={id} role="listbox" aria-label="Matches" className="max-h-72 overflow-y-auto py-1">
        {choiceGroups
          .map((group) => ({ group, members: choices.filter((choice) => choice.group === group) }))
          .filter(({ members }) => members.length > 0)
          .map(({ group, members }) => (
            <div key={group} role="group" aria-label={group}>
              <div aria-hidden="true" className="px-2 pt-1 text-xs text-muted">
                {group}
              </div>
              {members.map((choice) => (
                <Choice
                  key={choice.symbol}
                  id={`${id}-${choice.symbol}`}
                  choice={choice}
                  active={choice === active}
                  favourite={bridge.ticket.favourites.includes(choice.symbol)}
                  onChoose={onChoose}
                  onFavourite={onFavourite}
                />
              ))}
            </div>
          ))}
      </div>
      <p className="border-t border-line px-2 py-1 text-xs text-muted">Shift+Enter or the star: favourite</p>
    </div>
  );
}

function Choice({
  id,
  choice: { symbol, broker },
  active,
  favourite,
  onChoose,
  onFavourite,
}: {
  id: string;
  choice: SymbolChoice;
  active: boolean;
  favourite: boolean;
  onChoose: (symbol: string) => void;
  onFavourite: (symbol: string) => void;
}): ReactElement {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      ref={(element) => {
        if (active) element?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={() => {
        onChoose(symbol);
      }}
      className={`flex h-7 cursor-pointer items-center gap-2 pr-1 pl-2 text-sm ${active ? 'bg-buy text-on-trade' : 'hover:bg-raised'}`}
    >
      <span className="font-medium">{symbol}</span>
      {broker !== symbol && <span className="truncate text-xs opacity-80">{broker}</span>}
      <span
        aria-hidden="true"
        title={favourite ? 'No favourite any more' : 'Make it a favourite'}
        onClick={(event) => {
          event.stopPropagation();
          onFavourite(symbol);
        }}
        className="ml-auto flex size-6 items-center justify-center"
      >
        <Star className="size-3.5" fill={favourite ? 'currentColor' : 'none'} />
      </span>
      {favourite && <span className="sr-only">, favourite</span>}
    </div>
  );
}
