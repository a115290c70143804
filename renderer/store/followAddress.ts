import { readOrderAddress } from '../../src/domain/orders/orderRef.ts';
import { appStore } from './appStore.ts';

/** Shows the order that the desktop app names in the address's fragment. */
export function followAddress(): void {
  const show = (): void => {
    const named = /^#order=(.+)$/.exec(globalThis.location.hash)?.[1];
    const order = named === undefined ? null : readOrderAddress(named);
    if (order === null) return;
    appStore.setState({ shownOrder: order });
    const { pathname, search } = globalThis.location;
    globalThis.history.replaceState(null, '', pathname + search);
  };
  globalThis.addEventListener('hashchange', show);
  show();
}
