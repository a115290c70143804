import type { ReactElement } from 'react';
import { closeChoices, type CloseChoice } from '../../../src/api/settings/desktopSettings.ts';

const names: Record<CloseChoice, string> = {
  ask: 'Ask',
  tray: 'Keep running in the tray',
  quit: 'Quit',
};

/** What closing the window does; only in the desktop app, whose controller could end with it. */
export function CloseSettings({
  value,
  disabled,
  onChange,
}: {
  value: CloseChoice;
  disabled: boolean;
  onChange: (onClose: CloseChoice) => void;
}): ReactElement | null {
  if (globalThis.bittenDesk === undefined) return null;
  return (
    <fieldset disabled={disabled}>
      <legend className="mb-1 text-sm font-semibold">When the window is closed</legend>
      <div className="flex flex-col gap-1">
        {closeChoices.map((choice) => (
          <label key={choice} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="radio"
              name="onClose"
              checked={value === choice}
              onChange={() => {
                onChange(choice);
              }}
              className="accent-[var(--buy)]"
            />
            {names[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
