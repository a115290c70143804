import { useState, type ReactElement } from 'react';
import { noticeKinds, type DesktopSettings, type NoticeKind } from '../../../src/api/settings/desktopSettings.ts';
import {
  browserNotifications,
  showBrowserNotification,
  switchBrowserNotifications,
  type BrowserNotifications,
} from '../../attention/browserNotifications.ts';
import { playTone } from '../../attention/tones.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { unwaited } from '../../store/unwaited.ts';

const inDesktopApp = globalThis.bittenDesk !== undefined;

const names: Record<NoticeKind, string> = {
  fill: 'Order filled',
  reject: 'Order rejected or refused',
  unknown: 'Order unknown',
  disconnect: 'EA disconnected or back',
  limit: 'Limit reached',
};

const browserWords: Record<BrowserNotifications, string> = {
  on: 'Shown while the desk is open in this browser, also in a tab behind others.',
  off: 'The browser asks you once whether this page may.',
  blocked: 'This browser blocks them. Allow notifications in its settings for this page.',
  impossible: 'This browser has no notifications.',
};

export interface NotificationSettingsProps {
  settings: DesktopSettings;
  disabled: boolean;
  onChange: (changes: Partial<DesktopSettings>) => void;
}

/** Kinds of notifications, and their ways: sound, system, browser. */
export function NotificationSettings({ settings, disabled, onChange }: NotificationSettingsProps): ReactElement {
  const [inBrowser, setInBrowser] = useState(browserNotifications);
  const { failure, busy, run } = useCall();
  const test = (): void => {
    if (settings.sounds) playTone('fill');
    if (inDesktopApp) unwaited(run('testNotification', null));
    else {
      const body = 'Notifications of the desk look like this.';
      showBrowserNotification({ kind: 'fill', title: 'BITTEN Desk', body, order: null });
    }
  };
  const nothingToTest = !inDesktopApp && inBrowser !== 'on' && !settings.sounds;
  return (
    <section aria-label="Notifications" className="flex flex-col gap-1 [&>div]:min-h-7 [&>div]:justify-between">
      <h3 className="text-sm font-semibold">Notifications</h3>
      {!inDesktopApp && (
        <>
          <Switch
            label="In this browser"
            checked={inBrowser === 'on'}
            disabled={inBrowser === 'blocked' || inBrowser === 'impossible'}
            onChange={(on) => {
              unwaited(switchBrowserNotifications(on).then(setInBrowser));
            }}
          />
          <p className="mb-1 text-xs text-muted">{browserWords[inBrowser]}</p>
        </>
      )}
      {noticeKinds.map((kind) => (
        <Switch
          key={kind}
          label={names[kind]}
          checked={settings.notify[kind]}
          disabled={disabled}
          onChange={(on) => {
            onChange({ notify: { ...settings.notify, [kind]: on } });
          }}
        />
      ))}
      <Switch
        label="Sounds"
        checked={settings.sounds}
        disabled={disabled}
        onChange={(sounds) => {
          onChange({ sounds });
        }}
      />
      <p className="text-xs text-muted">
        A short tone for what is switched on: rising for a fill, falling for the others.
      </p>
      <div className="mt-1 flex items-center gap-3">
        <p role="status" className="min-w-0 text-xs text-down">
          {failure}
        </p>
        <Button disabled={busy || disabled || nothingToTest} onClick={test}>
          Test
        </Button>
      </div>
    </section>
  );
}
