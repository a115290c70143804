import { Notification } from 'electron';
import { attempt, guarded, type OnFault } from '../src/base/guard.ts';
import type { DesktopSettings } from '../src/api/settings/desktopSettings.ts';
import { noticeBurst } from '../src/api/presentation/noticeBurst.ts';
import type { OrderRef } from '../src/domain/orders/orderRef.ts';
import { noticesBetween, type SystemNotification } from '../src/api/presentation/notices.ts';
import { visible, visibleLines } from '../src/base/visibleText.ts';
import type { AppState } from '../src/api/state/state.ts';

/** Notifications on the screen: an unreferenced one is collected, and its click lost. */
const shown = new Set<Notification>();

/** Shows notifications of the system, also while no window is open. */
export class Notifier {
  private readonly open: (order: OrderRef | null) => void;
  private readonly onFault: OnFault;
  private readonly burst = noticeBurst({
    show: (notice) => {
      this.show(notice);
    },
    after: (ms, action) => {
      const timer = setTimeout(() => {
        attempt(this.onFault, action);
      }, ms);
      return () => {
        clearTimeout(timer);
      };
    },
  });

  /**
   * @param open brings the desk to the front, showing the order if there is one
   * @param onFault receives a bug behind a notification's event or a delayed notification
   */
  constructor(open: (order: OrderRef | null) => void, onFault: OnFault) {
    this.open = open;
    this.onFault = onFault;
  }

  follow(before: AppState | null, after: AppState, at: number): void {
    if (before === null) return;
    const { notify }: DesktopSettings = after.settings.desktop;
    for (const notice of noticesBetween(before, after, at)) if (notify[notice.kind]) this.burst.push(notice);
  }

  /** Shows a notification. @returns why it was not shown, or null */
  show({ title, body, order, kind }: SystemNotification): string | null {
    if (!Notification.isSupported()) return 'This system shows no notifications.';
    const urgency = kind === 'fill' ? 'normal' : 'critical';
    // The tones are the window's own, so that they can be told apart, and turned off.
    const notification = new Notification({ title: visible(title), body: visibleLines(body), silent: true, urgency });
    shown.add(notification);
    const forget = (): void => {
      shown.delete(notification);
    };
    notification.on(
      'click',
      guarded(this.onFault, () => {
        forget();
        this.open(order);
      }),
    );
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
    return null;
  }

  stop(): void {
    this.burst.stop();
  }
}
