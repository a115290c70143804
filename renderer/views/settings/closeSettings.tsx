import type { ReactElement } from 'react';
import { closeChoices, type CloseChoice } from '../../../src/api/settings/desktopSettings.ts';

const choices: Record<CloseChoice, { name: string; hint: string }> = {
  ask: { name: 'Ask', hint: 'Each time.' },
  tray: { name: 'Keep running in the tray', hint: 'Results, limits and notifications go on without a window.' },
  quit: { name: 'Quit', hint: 'Nothing is sent, received or watched any more. Positions stay open in MT5.' },
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
          <label key={choice} className="grid grid-cols-[auto_1fr] items-center gap-x-2 py-1 text-sm">
            <input
              type="radio"
              name="onClose"
              checked={value === choice}
              onChange={() => {
                onChange(choice);
              }}
              className="accent-[var(--buy)]"
            />
            {choices[choice].name}
            <span className="col-start-2 text-xs text-muted">{choices[choice].hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
