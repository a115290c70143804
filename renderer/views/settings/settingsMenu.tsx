import { Settings as SettingsIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState, type ReactElement } from 'react';
import type { BridgeState, Settings } from '../../../src/api/state.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';

const themes = [
  ['system', 'As the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

export function SettingsMenu({ bridge }: { bridge: BridgeState }): ReactElement {
  const [open, setOpen] = useState(false);
  const gear = useRef<HTMLButtonElement>(null);
  const toBridge = useRef(false);
  const connected = useApp(({ client }) => client !== null);
  const settings = useAppState((app) => app.settings);
  const app = useAppState((state) => state.app);
  const update = (changes: Partial<Settings>): void => {
    void callOrTell('updateSettings', changes, 'The setting was not saved.');
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        ref={gear}
        aria-label="Settings"
        title="Settings"
        className="inline-flex size-8 items-center justify-center rounded-[6px] text-muted hover:bg-raised hover:text-text"
      >
        <SettingsIcon className="size-[18px]" aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            gear.current?.focus();
            // Only now, so that the focus returns to the gear from there too.
            if (toBridge.current) appStore.setState({ openSettings: { bridge: bridge.id, at: null } });
            toBridge.current = false;
          }}
          aria-label="Settings"
          className="z-30 w-72 rounded-[6px] border border-line bg-panel p-4 shadow-[var(--shadow)]"
        >
          {settings !== null && (
            <div className="flex flex-col gap-4">
              <div className="flex flex-col gap-1">
                <Button
                  onClick={() => {
                    toBridge.current = true;
                    setOpen(false);
                  }}
                >
                  Bridge settings
                </Button>
                <p className="text-xs text-muted">
                  Stop unit, position mode, lots, risk limits and symbols of {bridge.name}.
                </p>
              </div>
              <fieldset disabled={!connected}>
                <legend className="mb-1 text-sm font-medium">Theme</legend>
                <div className="flex flex-col gap-1">
                  {themes.map(([value, label]) => (
                    <label key={value} className="flex h-7 items-center gap-2 text-sm">
                      <input
                        type="radio"
                        name="theme"
                        checked={settings.theme === value}
                        onChange={() => {
                          update({ theme: value });
                        }}
                        className="accent-[var(--buy)]"
                      />
                      {label}
                    </label>
                  ))}
                </div>
              </fieldset>
              <p className="border-t border-line pt-3 text-xs text-muted">
                BITTEN Desk {app?.version}
                <br />
                <span className="font-mono break-all">{app?.dataDir}</span>
              </p>
            </div>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
