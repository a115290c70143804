import { Pencil } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type KeyboardEvent, type ReactElement } from 'react';
import type { TicketSettings } from '../../../../src/api/settings/ticketSettings.ts';
import { typedLots } from '../../../format.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/textField.tsx';
import { keepQuickLots, readQuickLots } from '../form/ticketMemory.ts';
import { PopoverPanel } from '../../../ui/popoverPanel.tsx';

/** Buttons for quick sizes. One place in the tab order; the arrow keys move between them. */
export function QuickSizes({
  sizes,
  textOf,
  nameOf,
  chosen,
  onChoose,
  children,
}: {
  sizes: readonly number[];
  textOf: (size: number) => string;
  nameOf: (size: number) => string;
  /** The size in the field. */
  chosen: number;
  onChoose: (size: number) => void;
  children?: ReactElement;
}): ReactElement {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    buttons[
      (buttons.findIndex((each) => each === document.activeElement) + by + buttons.length) % buttons.length
    ]?.focus();
  };
  return (
    <div role="group" aria-label="Quick sizes" className="flex gap-0.5" onKeyDown={onKeyDown}>
      {sizes.map((each, index) => (
        <button
          key={each}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          aria-pressed={each === chosen}
          title={nameOf(each)}
          onClick={() => {
            onChoose(each);
          }}
          className={`figures h-6 min-w-8 rounded-[4px] border px-0.5 text-xs hover:border-strong-line ${each === chosen ? 'border-focus bg-raised font-semibold' : 'bg-raised text-muted'}`}
        >
          {textOf(each)}
        </button>
      ))}
      {children}
    </div>
  );
}

/** Scope of the quick lots: this symbol, or all. */
export function QuickLotsEditor({
  symbol,
  lots,
  kept,
  onKeep,
}: {
  symbol: string;
  lots: readonly number[];
  kept: TicketSettings;
  onKeep: (kept: TicketSettings) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const read = readQuickLots(text);
  const keep = (of: string | null): void => {
    if ('problem' in read) return;
    onKeep(keepQuickLots(kept, of, read.lots));
    setOpen(false);
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next) => {
        setText(lots.map(typedLots).join(' '));
        setOpen(next);
      }}
    >
      <Popover.Trigger
        tabIndex={lots.length === 0 ? 0 : -1}
        aria-label="Change the quick sizes"
        title="Change the quick sizes"
        className="flex size-6 items-center justify-center rounded-[4px] text-muted hover:bg-raised hover:text-text"
      >
        <Pencil className="size-3.5" aria-hidden="true" />
      </Popover.Trigger>
      <PopoverPanel name="Quick sizes" className="flex w-72 flex-col gap-2">
        <TextField
          label="Quick lots"
          value={text}
          error={'problem' in read ? read.problem : undefined}
          hint={{ text: 'With blanks between. Empty: the usual ones.', warning: false }}
          note="two lines"
          onChange={setText}
        />
        <div className="grid grid-cols-2 gap-2">
          <Button
            disabled={'problem' in read || symbol === ''}
            onClick={() => {
              keep(symbol);
            }}
            className="min-w-0"
          >
            <span className="truncate">For {symbol}</span>
          </Button>
          <Button
            disabled={'problem' in read}
            onClick={() => {
              keep(null);
            }}
          >
            For all symbols
          </Button>
        </div>
      </PopoverPanel>
    </Popover.Root>
  );
}
