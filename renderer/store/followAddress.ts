import { readOrderAddress } from '../../src/domain/orders/orderRef.ts';
import { appStore } from './appStore.ts';
import { chooseBridge } from './chooseBridge.ts';

/** Shows what the desktop app names in the address's fragment: an order, or the connection check. */
export function followAddress(): void {
  const show = (): void => {
    const { hash, pathname, search } = globalThis.location;
    const named = /^#order=(.+)$/.exec(hash)?.[1];
    const order = named === undefined ? null : readOrderAddress(named);
    if (order !== null) appStore.setState({ shownOrder: order });
    else if (hash === '#check') {
      whenBridge((bridge) => {
        appStore.setState({ checking: bridge });
      });
    } else return;
    globalThis.history.replaceState(null, '', pathname + search);
  };
  globalThis.addEventListener('hashchange', show);
  show();
}

/** Calls with the bridge on screen, once there is one. */
function whenBridge(then: (bridge: string) => void): void {
  const shown = (): string | null => {
    const { app, chosenBridge } = appStore.getState();
    return chooseBridge(app?.bridges ?? [], chosenBridge)?.id ?? null;
  };
  const now = shown();
  if (now !== null) {
    then(now);
    return;
  }
  const stop = appStore.subscribe(() => {
    const bridge = shown();
    if (bridge === null) return;
    stop();
    then(bridge);
  });
}
