import type { SystemNotification } from '../../src/api/presentation/notices.ts';
import { orderKey } from '../../src/domain/orders/orderRef.ts';
import { visible, visibleLines } from '../../src/base/visibleText.ts';
import { appStore } from '../store/appStore.ts';
import { store, stored } from '../store/browserStorage.ts';

/** `blocked`: a person has told the browser never to ask. */
export type BrowserNotifications = 'on' | 'off' | 'blocked' | 'impossible';

/** Stored in this browser, not by the desk, which several browsers may show. */
const key = 'bitten-desk.notifications';

export function browserNotifications(): BrowserNotifications {
  if (!('Notification' in globalThis)) return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && stored(key) === 'on' ? 'on' : 'off';
}

/** Asks the browser for permission. Call it from a click: only then does a browser ask. */
export async function switchBrowserNotifications(on: boolean): Promise<BrowserNotifications> {
  const granted = on && 'Notification' in globalThis && (await Notification.requestPermission()) === 'granted';
  store(key, granted ? 'on' : null);
  return browserNotifications();
}

export function showBrowserNotification({ title, body, order }: SystemNotification): void {
  if (browserNotifications() !== 'on') return;
  // The tag makes two tabs of one desk show a single notification.
  const notification = new Notification(visible(title), {
    body: visibleLines(body),
    silent: true,
    tag: `${title} ${order === null ? '' : orderKey(order)}`,
  });
  notification.addEventListener('click', () => {
    globalThis.focus();
    notification.close();
    if (order !== null) appStore.setState({ shownOrder: order });
  });
}
