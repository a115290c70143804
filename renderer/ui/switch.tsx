import { Switch as RadixSwitch } from 'radix-ui';
import { useId, type ReactElement } from 'react';

export interface SwitchProps {
  label: string;
  /** What it does, below it. */
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  /** On without an effect: it is grey. */
  isIdle?: boolean;
  onChange: (checked: boolean) => void;
}

/** A labelled switch. */
export function Switch({
  label,
  hint,
  checked,
  disabled = false,
  isIdle = false,
  onChange,
}: SwitchProps): ReactElement {
  const id = useId();
  const row = (
    <div data-switch className="flex items-center gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onCheckedChange={onChange}
        className={`h-5 w-9 rounded-full border border-strong-line bg-raised px-0.5 transition-colors disabled:opacity-50 ${isIdle ? '' : 'data-[state=checked]:border-live data-[state=checked]:bg-live/30'}`}
      >
        <RadixSwitch.Thumb
          className={`block size-3.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-4 ${isIdle ? '' : 'data-[state=checked]:bg-live'}`}
        />
      </RadixSwitch.Root>
    </div>
  );
  if (hint === undefined) return row;
  return (
    <div>
      {row}
      <p id={`${id}-hint`} className="pr-11 text-xs text-muted">
        {hint}
      </p>
    </div>
  );
}
