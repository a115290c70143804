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

const kinds: Record<NoticeKind, { name: string; hint: string }> = {
  fill: { name: 'Order filled', hint: 'With its ticket and price, also when the result comes late.' },
  reject: {
    name: 'Order rejected or refused',
    hint: 'By the broker, the EA or the desk, with the reason and what to do.',
  },
  unknown: { name: 'Order unknown', hint: 'No result came, or a doubtful one: look in MT5, then settle it.' },
  disconnect: { name: 'EA disconnected or back', hint: 'While it is away, nothing is sent, not even a close.' },
  signal: { name: 'Signal waits', hint: 'An engine or a feed asks for an order that you fire or dismiss.' },
  limit: { name: 'Limit reached', hint: 'Or an order that one of your limits refused.' },
};

const browserWords: Record<BrowserNotifications, string> = {
  on: 'Shown while the desk is open in this browser, also in a tab behind others.',
  off: 'No message is shown in this browser. Switched on, the browser asks you once whether this page may.',
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
    <section aria-label="Notifications" className="flex flex-col gap-2 [&_[data-switch]]:justify-between">
      <h3 className="text-sm font-semibold">Notifications</h3>
      <p className="text-xs text-muted">
        {inDesktopApp
          ? 'Messages of the system, also while the desk’s window is hidden. What is off here still stands in the lists and alarms.'
          : 'Messages beside the page. What is off here still stands in the lists and alarms.'}
      </p>
      {!inDesktopApp && (
        <>
          <Switch
            label="In this browser"
            hint={browserWords[inBrowser]}
            checked={inBrowser === 'on'}
            disabled={inBrowser === 'blocked' || inBrowser === 'impossible'}
            onChange={(on) => {
              unwaited(switchBrowserNotifications(on).then(setInBrowser));
            }}
          />
        </>
      )}
      {noticeKinds.map((kind) => (
        <Switch
          key={kind}
          label={kinds[kind].name}
          hint={kinds[kind].hint}
          checked={settings.notify[kind]}
          disabled={disabled}
          onChange={(on) => {
            onChange({ notify: { ...settings.notify, [kind]: on } });
          }}
        />
      ))}
      <Switch
        label="Sounds"
        hint="A short tone in this window with each message that is on: rising for a fill, falling for the others."
        checked={settings.sounds}
        disabled={disabled}
        onChange={(sounds) => {
          onChange({ sounds });
        }}
      />
      <div className="mt-1 flex items-center justify-between gap-3">
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
