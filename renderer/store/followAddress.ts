import { appStore } from './appStore.ts';

/** The desktop app names an order in the address's fragment to have it shown. */
export function followAddress(): void {
  const show = (): void => {
    const order = /^#order=(\d+)$/.exec(globalThis.location.hash)?.[1];
    if (order === undefined) return;
    appStore.setState({ shownOrder: Number(order) });
    const { pathname, search } = globalThis.location;
    globalThis.history.replaceState(null, '', pathname + search);
  };
  globalThis.addEventListener('hashchange', show);
  show();
}
