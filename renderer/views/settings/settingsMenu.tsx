import { Settings as SettingsIcon } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactElement, useRef, useState } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { AboutApp } from './aboutApp.tsx';
import { AppPorts } from './appPorts.tsx';
import { CsvSetting } from './csvSetting.tsx';
import { CloseSettings } from './closeSettings.tsx';
import { NotificationSettings } from './notificationSettings.tsx';
import { PopoverPanel } from '../../ui/popoverPanel.tsx';
import { WebSessions } from './webSessions.tsx';
import { unwaited } from '../../store/unwaited.ts';
import { type Settings, textSizes } from '../../../src/api/settings/appSettings.ts';

const themes = [
  ['system', 'As the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
] as const;

const sizes = textSizes.map(String);
const sizeNames = Object.fromEntries(sizes.map((size) => [size, `${size} %`]));

export function SettingsMenu({ bridge }: { bridge: BridgeState }): ReactElement {
  const [open, setOpen] = useState(false);
  const gear = useRef<HTMLButtonElement>(null);
  const toBridge = useRef(false);
  const connected = useApp(({ client }) => client !== null);
  const settings = useAppState((app) => app.settings);
  const app = useAppState((state) => state.app);
  const update = (changes: Partial<Settings>): void => {
    unwaited(callOrTell('updateSettings', changes, 'The setting was not saved.'));
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        ref={gear}
        aria-label="Settings"
        title="Settings"
        className="inline-flex size-8 items-center justify-center rounded-[6px] text-muted hover:bg-raised hover:text-text"
      >
        <SettingsIcon className="size-[1.125rem]" aria-hidden="true" />
      </Popover.Trigger>
      <PopoverPanel
        name="Settings"
        align="end"
        className="w-[40rem]"
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          gear.current?.focus();
          // Opened only now, with the focus on the gear, so that it returns there from the settings too.
          if (toBridge.current) appStore.setState({ openSettings: { bridge: bridge.id, at: null } });
          toBridge.current = false;
        }}
      >
        {settings !== null && (
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(16rem,100%),1fr))] gap-x-8 gap-y-4">
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
                  Stop unit, position mode, lots, ports of the EA, risk limits and symbols of {bridge.name}. A further
                  account has a bridge of its own: list it in config.json in the data folder.
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
              <fieldset disabled={!connected}>
                <legend className="mb-1 text-sm font-medium">Text size</legend>
                <ChoiceGroup
                  label="Text size"
                  values={sizes}
                  names={sizeNames}
                  value={String(settings.textSize)}
                  onChange={(chosen) => {
                    const textSize = textSizes.find((size) => String(size) === chosen);
                    if (textSize !== undefined) update({ textSize });
                  }}
                />
              </fieldset>
              <AppPorts settings={settings} disabled={!connected} />
              <CloseSettings
                value={settings.desktop.onClose}
                disabled={!connected}
                onChange={(onClose) => {
                  update({ desktop: { ...settings.desktop, onClose } });
                }}
              />
            </div>
            <div className="flex flex-col gap-4">
              <NotificationSettings
                settings={settings.desktop}
                disabled={!connected}
                onChange={(changes) => {
                  update({ desktop: { ...settings.desktop, ...changes } });
                }}
              />
              <CsvSetting />
              <WebSessions disabled={!connected} />
            </div>
            <div className="col-span-full border-t border-line pt-3">{app !== null && <AboutApp app={app} />}</div>
          </div>
        )}
      </PopoverPanel>
    </Popover.Root>
  );
}
