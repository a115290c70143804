import { Settings as SettingsIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import type { Settings } from '../../../src/api/state.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Switch } from '../../ui/switch.tsx';

const themes = [
  ['system', 'As the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

export function SettingsMenu(): ReactElement {
  const client = useApp((store) => store.client);
  const settings = useAppState((app) => app.settings);
  const app = useAppState((state) => state.app);
  const update = (changes: Partial<Settings>): void => {
    // Not saved means not changed: the control goes back to what the app has.
    client?.call('updateSettings', changes).catch(() => undefined);
  };
  return (
    <Popover.Root>
      <Popover.Trigger
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
          aria-label="Settings"
          className="z-10 w-72 rounded-[6px] border border-line bg-panel p-4 shadow-[var(--shadow)]"
        >
          {settings !== null && (
            <div className="flex flex-col gap-4">
              <div className="flex flex-col gap-1 [&>div]:justify-between">
                <Switch
                  label="Confirm orders"
                  checked={settings.confirmOrders}
                  disabled={client === null}
                  onChange={(confirmOrders) => {
                    update({ confirmOrders });
                  }}
                />
                <p className="text-xs text-muted">
                  Ask before an order is sent. An order without a stop is always asked about.
                </p>
              </div>
              <fieldset disabled={client === null}>
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
