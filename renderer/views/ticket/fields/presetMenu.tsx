import { ChevronDown, Pin, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState, type ReactElement } from 'react';
import type { TicketPreset, TicketSettings } from '../../../../src/api/settings/ticketSettings.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/textField.tsx';
import { keepPreset, presetsOf, presetWords, removePreset } from '../form/ticketMemory.ts';
import { PopoverPanel } from '../../../ui/popoverPanel.tsx';

/** Presets of a symbol: fills one in, stores the ticket as one, or removes one. */
export function PresetMenu({
  symbol,
  kept,
  shown,
  current,
  currency,
  disabled,
  onApply,
  onKeep,
}: {
  symbol: string;
  kept: TicketSettings;
  /** The preset equal to the ticket; null: none. */
  shown: TicketPreset | null;
  /** The ticket's content as a preset without a name; null: it has an error. */
  current: TicketPreset | null;
  currency: string | null;
  disabled: boolean;
  onApply: (preset: TicketPreset) => void;
  onKeep: (kept: TicketSettings) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const presets = presetsOf(kept, symbol);
  const typed = name.trim();
  const replaces = presets.some((each) => each.name === typed);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        disabled={disabled}
        className="flex h-6 min-w-0 items-center gap-1 rounded-[4px] pr-1 text-sm font-medium hover:bg-raised disabled:opacity-50"
      >
        <span className="truncate">{shown === null ? 'Presets' : `Preset ${shown.name}`}</span>
        <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </Popover.Trigger>
      <PopoverPanel name="Presets" className="flex w-80 flex-col gap-3">
        {presets.length === 0 ? (
          <p className="text-sm text-muted">
            No preset of {symbol === '' ? 'this symbol' : symbol} yet. Type a size and stops into the ticket, then keep
            them here under a name.
          </p>
        ) : (
          <ul className="flex max-h-60 flex-col overflow-y-auto">
            {presets.map((preset) => (
              <li key={preset.name} className="flex items-center gap-1">
                <button
                  type="button"
                  onClick={() => {
                    onApply(preset);
                    setOpen(false);
                  }}
                  className="min-w-0 flex-1 rounded-[4px] px-2 py-1 text-left hover:bg-raised"
                >
                  <span className="block truncate text-sm font-medium">{preset.name}</span>
                  <span className="figures block truncate text-xs text-muted">{presetWords(preset, currency)}</span>
                </button>
                <button
                  type="button"
                  aria-pressed={preset.isDefault}
                  aria-label={`Fill in ${preset.name} when ${symbol} is chosen`}
                  title={`Fill in when ${symbol} is chosen`}
                  onClick={() => {
                    onKeep(keepPreset(kept, { ...preset, isDefault: !preset.isDefault }));
                  }}
                  className={`flex size-7 shrink-0 items-center justify-center rounded-[4px] hover:bg-raised ${preset.isDefault ? 'text-focus' : 'text-muted'}`}
                >
                  <Pin className="size-4" fill={preset.isDefault ? 'currentColor' : 'none'} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  aria-label={`Remove ${preset.name}`}
                  title="Remove"
                  onClick={() => {
                    onKeep(removePreset(kept, preset));
                  }}
                  className="flex size-7 shrink-0 items-center justify-center rounded-[4px] text-muted hover:bg-raised hover:text-text"
                >
                  <Trash2 className="size-4" aria-hidden="true" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <form
          className="flex items-end gap-2 border-t border-line pt-2"
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (current === null || typed === '') return;
            onKeep(keepPreset(kept, { ...current, name: typed, isDefault: presets.length === 0 }));
            setName('');
          }}
        >
          <div className="min-w-0 flex-1">
            <TextField
              label="Keep the ticket as"
              value={name}
              placeholder="a name"
              note="two lines"
              hint={{
                text: current === null ? 'A size or a stop can’t be read.' : presetWords(current, currency),
                warning: current === null,
              }}
              onChange={(text) => {
                setName(text.slice(0, 24));
              }}
            />
          </div>
          <Button type="submit" disabled={current === null || typed === ''} className="mb-[2.125rem] min-w-20">
            {replaces ? 'Replace' : 'Save'}
          </Button>
        </form>
      </PopoverPanel>
    </Popover.Root>
  );
}
