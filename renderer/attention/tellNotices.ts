import { noticeBurst } from '../../src/api/presentation/noticeBurst.ts';
import { noticesBetween, type SystemNotification } from '../../src/api/presentation/notices.ts';
import { appStore, type AppStore } from '../store/appStore.ts';
import { showBrowserNotification } from './browserNotifications.ts';
import { playTone } from './tones.ts';

/** The desktop app shows notifications itself, also without a window. */
const inDesktopApp = globalThis.bittenDesk !== undefined;

/** Reports notices by tones, and in a browser by its notifications. */
export function tellNotices(): void {
  const burst = noticeBurst({
    show: (notice) => {
      if (appStore.getState().app?.settings.desktop.sounds === true) playTone(notice.kind);
      if (!inDesktopApp) showBrowserNotification(notice);
    },
    after: (ms, action) => {
      const timer = setTimeout(action, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  });
  appStore.subscribe((store, before) => {
    const notify = store.app?.settings.desktop.notify;
    if (notify === undefined) return;
    for (const notice of whatHappened(before, store)) if (notify[notice.kind]) burst.push(notice);
  });
}

function whatHappened(before: AppStore, store: AppStore): SystemNotification[] {
  if (before.connection === 'open' && store.connection === 'lost') return [lost];
  if (before.app === null || store.app === null || before.app === store.app) return [];
  return noticesBetween(before.app, store.app, Date.now() + store.clockOffset);
}

const lost: SystemNotification = {
  kind: 'disconnect',
  title: 'BITTEN Desk does not answer',
  body: 'What the window shows is the last that was known. Look whether the desk still runs.',
  order: null,
};
